-- Take one key out of camera_viewing_now, to be followed at once by its new state.
-- $key varchar: a viewing_id
delete from camera_viewing_now where viewing_id = $key;
