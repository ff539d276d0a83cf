-- Make handover_now anew from its log, by the same rule as fold.sql.
delete from handover_now;
insert into handover_now
from handover_event
qualify row_number() over (partition by handover_id order by event_id desc) = 1;
