-- Take one key out of device_now, to be followed at once by its new state.
-- $key varchar: a device_id
delete from device_now where device_id = $key;
