-- Make area_now anew from its log, by the same rule as fold.sql.
delete from area_now;
insert into area_now
from area_event
qualify row_number() over (partition by area_id order by event_id desc) = 1;
