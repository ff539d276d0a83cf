-- Make consent_now anew from its log, by the same rule as fold.sql.
delete from consent_now;
insert into consent_now
from consent_event
qualify row_number() over (partition by consent_id order by event_id desc) = 1;
