-- Make plan_now anew from its log, by the same rule as fold.sql.
delete from plan_now;
insert into plan_now
from plan_event
qualify row_number() over (partition by plan_id order by event_id desc) = 1;
