-- Make place_now anew from its log, by the same rule as fold.sql.
delete from place_now;
insert into place_now
from place_event
qualify row_number() over (partition by place_id order by event_id desc) = 1;
