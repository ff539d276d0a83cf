-- Make gate_now anew from its log, by the same rule as fold.sql.
delete from gate_now;
insert into gate_now
from gate_event
qualify row_number() over (partition by gate_id order by event_id desc) = 1;
