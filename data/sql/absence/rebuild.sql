-- Make absence_now anew from its log, by the same rule as fold.sql.
delete from absence_now;
insert into absence_now
from absence_event
qualify row_number() over (partition by absence_id order by event_id desc) = 1;
