-- Make organisation_now anew from its log, by the same rule as fold.sql.
delete from organisation_now;
insert into organisation_now
from organisation_event
qualify row_number() over (partition by organisation_id order by event_id desc) = 1;
