-- Remove sessions.
-- $ids varchar[]: which
delete from session where session_id in (select unnest($ids));
