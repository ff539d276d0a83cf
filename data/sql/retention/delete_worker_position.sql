-- Remove last positions.
-- $ids varchar[]: which
delete from worker_position where list_contains($ids, worker_id);
