-- Make care_recipient_now anew from its log, by the same rule as fold.sql.
delete from care_recipient_now;
insert into care_recipient_now
from care_recipient_event
qualify row_number() over (partition by care_recipient_id order by event_id desc) = 1;
