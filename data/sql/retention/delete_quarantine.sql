-- Remove rows that were set aside.
-- $ids varchar[]: which
delete from quarantine where quarantine_id in (select unnest($ids));
