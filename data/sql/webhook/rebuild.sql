-- Make webhook_now anew from its log, by the same rule as fold.sql.
delete from webhook_now;
insert into webhook_now
from webhook_event
qualify row_number() over (partition by webhook_id order by event_id desc) = 1;
