-- Make plan_run_now anew from its log, by the same rule as fold.sql.
delete from plan_run_now;
insert into plan_run_now
from plan_run_event
qualify row_number() over (partition by run_id order by event_id desc) = 1;
