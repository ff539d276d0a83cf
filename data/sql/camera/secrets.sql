-- Every sealed value of every camera, those of one key side by side.
-- -> secret_id, part, sealed
select secret_id, part, sealed
from camera_secret
order by secret_id, part;
