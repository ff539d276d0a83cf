-- Make legal_hold_now anew from its log, by the same rule as fold.sql.
delete from legal_hold_now;
insert into legal_hold_now
from legal_hold_event
qualify row_number() over (partition by hold_id order by event_id desc) = 1;
