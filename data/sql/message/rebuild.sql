-- Make message_now anew from its log, by the same rule as fold.sql.
delete from message_now;
insert into message_now
from message_event
qualify row_number() over (partition by message_id order by event_id desc) = 1;
