-- Make dispatch_now anew from its log, by the same rule as fold.sql.
delete from dispatch_now;
insert into dispatch_now
from dispatch_event
qualify row_number() over (partition by dispatch_id order by event_id desc) = 1;
