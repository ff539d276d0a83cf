-- Make plan_task_now anew from its log, by the same rule as fold.sql.
delete from plan_task_now;
insert into plan_task_now
from plan_task_event
qualify row_number() over (partition by plan_task_id order by event_id desc) = 1;
