-- The sealed values under one key.
-- $secret_id varchar: the key
-- -> part, sealed
select part, sealed
from camera_secret
where secret_id = $secret_id;
