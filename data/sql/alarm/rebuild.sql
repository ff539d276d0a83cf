-- Make alarm_now anew from its log, by the same rule as fold.sql.
delete from alarm_now;
insert into alarm_now
from alarm_event
qualify row_number() over (partition by alarm_id order by event_id desc) = 1;
