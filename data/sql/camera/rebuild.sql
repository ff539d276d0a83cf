-- Make camera_now anew from its log, by the same rule as fold.sql.
delete from camera_now;
insert into camera_now
from camera_event
qualify row_number() over (partition by device_id order by event_id desc) = 1;
