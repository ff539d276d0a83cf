-- Make notify_channel_now anew from its log, by the same rule as fold.sql.
delete from notify_channel_now;
insert into notify_channel_now
from notify_channel_event
qualify row_number() over (partition by channel_id order by event_id desc) = 1;
