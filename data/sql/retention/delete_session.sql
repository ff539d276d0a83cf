-- Remove sessions.
-- $ids varchar[]: which
delete from session where list_contains($ids, session_id);
