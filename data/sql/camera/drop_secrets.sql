-- Delete the sealed address, name and password of a camera.
-- $device_id varchar: the camera
delete from camera_secret where device_id = $device_id;
