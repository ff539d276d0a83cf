-- Make kiosk_now anew from its log, by the same rule as fold.sql.
delete from kiosk_now;
insert into kiosk_now
from kiosk_event
qualify row_number() over (partition by kiosk_id order by event_id desc) = 1;
