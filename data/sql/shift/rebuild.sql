-- Make shift_now anew from its log, by the same rule as fold.sql.
delete from shift_now;
insert into shift_now
from shift_event
qualify row_number() over (partition by shift_id order by event_id desc) = 1;
