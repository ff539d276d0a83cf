-- Make enterprise_now anew from its log, by the same rule as fold.sql.
delete from enterprise_now;
insert into enterprise_now
from enterprise_event
qualify row_number() over (partition by enterprise_id order by event_id desc) = 1;
