-- Remove the log of lines of the call register of cameras.
-- $ids varchar[]: which
delete from camera_viewing_event where viewing_id in (select unnest($ids));
