-- Make alarm_shelf_now anew from its log, by the same rule as fold.sql.
delete from alarm_shelf_now;
insert into alarm_shelf_now
from alarm_shelf_event
qualify row_number() over (partition by shelf_id order by event_id desc) = 1;
