-- Make person_now anew from its log, by the same rule as fold.sql.
delete from person_now;
insert into person_now
from person_event
qualify row_number() over (partition by person_id order by event_id desc) = 1;
