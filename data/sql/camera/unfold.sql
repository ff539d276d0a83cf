-- Take one key out of camera_now, to be followed at once by its new state.
-- $key varchar: a device_id
delete from camera_now where device_id = $key;
