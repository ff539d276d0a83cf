-- Make assignment_now anew from its log, by the same rule as fold.sql.
delete from assignment_now;
insert into assignment_now
from assignment_event
qualify row_number() over (partition by assignment_id order by event_id desc) = 1;
