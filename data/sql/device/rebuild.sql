-- Make device_now anew from its log, by the same rule as fold.sql.
delete from device_now;
insert into device_now
from device_event
qualify row_number() over (partition by device_id order by event_id desc) = 1;
