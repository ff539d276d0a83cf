-- Make case_now anew from its log, by the same rule as fold.sql.
delete from case_now;
insert into case_now
from case_event
qualify row_number() over (partition by case_id order by event_id desc) = 1;
