-- The keys a camera's sealed values lie under.
-- $device_id varchar: the camera
-- -> secret_id
select distinct secret_id
from camera_secret
where device_id = $device_id;
