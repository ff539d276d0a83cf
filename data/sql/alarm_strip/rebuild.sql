-- Make alarm_strip_now anew from its log, by the same rule as fold.sql.
delete from alarm_strip_now;
insert into alarm_strip_now
from alarm_strip_event
qualify row_number() over (partition by strip_id order by event_id desc) = 1;
