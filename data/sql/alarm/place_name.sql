-- The public name of a place: one row or none.
-- $place_id varchar: the place, null where not known
-- -> name_zh, name_en
select name_zh, name_en
from place_now
where place_id = $place_id and name_zh is not null;
