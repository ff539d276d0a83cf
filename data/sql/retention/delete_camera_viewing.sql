-- Take lines of the call register of cameras out of the current state.
-- $ids varchar[]: which
delete from camera_viewing_now where viewing_id in (select unnest($ids));
