-- Remove rows that were set aside.
-- $ids varchar[]: which
delete from quarantine where list_contains($ids, quarantine_id);
