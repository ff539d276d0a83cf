-- One strip of pictures.
-- $strip_id varchar: which
-- -> strip_id, alarm_id
select strip_id, alarm_id
from alarm_strip_now
where strip_id = $strip_id;
