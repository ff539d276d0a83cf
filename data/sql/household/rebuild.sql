-- Make household_now anew from its log, by the same rule as fold.sql.
delete from household_now;
insert into household_now
from household_event
qualify row_number() over (partition by household_id order by event_id desc) = 1;
