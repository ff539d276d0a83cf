-- Remove last positions.
-- $ids varchar[]: which
delete from worker_position where worker_id in (select unnest($ids));
