-- Make account_now anew from its log, by the same rule as fold.sql.
delete from account_now;
insert into account_now
from account_event
qualify row_number() over (partition by account_id order by event_id desc) = 1;
