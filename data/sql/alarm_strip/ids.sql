-- Every strip of pictures that is kept.
-- -> strip_id
select strip_id
from alarm_strip_now
order by strip_id;
