-- Make acknowledgement_now anew from its log, by the same rule as fold.sql.
delete from acknowledgement_now;
insert into acknowledgement_now
from acknowledgement_event
qualify row_number() over (partition by acknowledgement_id order by event_id desc) = 1;
