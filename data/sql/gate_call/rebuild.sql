-- Make gate_call_now anew from its log, by the same rule as fold.sql.
delete from gate_call_now;
insert into gate_call_now
from gate_call_event
qualify row_number() over (partition by call_id order by event_id desc) = 1;
