-- Make task_now anew from its log, by the same rule as fold.sql.
delete from task_now;
insert into task_now
from task_event
qualify row_number() over (partition by task_id order by event_id desc) = 1;
