-- Make delivery_now anew from its log, by the same rule as fold.sql.
delete from delivery_now;
insert into delivery_now
from delivery_event
qualify row_number() over (partition by delivery_id order by event_id desc) = 1;
