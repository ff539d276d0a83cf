-- Make approval_now anew from its log, by the same rule as fold.sql.
delete from approval_now;
insert into approval_now
from approval_event
qualify row_number() over (partition by approval_id order by event_id desc) = 1;
