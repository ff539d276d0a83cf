-- The area a place lies in.
-- $place_id varchar: the place
-- -> area_id (null where it names none)
select area_id
from place_now
where place_id = $place_id and removed_at is null;
