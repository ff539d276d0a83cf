-- Make contact_now anew from its log, by the same rule as fold.sql.
delete from contact_now;
insert into contact_now
from contact_event
qualify row_number() over (partition by contact_id order by event_id desc) = 1;
