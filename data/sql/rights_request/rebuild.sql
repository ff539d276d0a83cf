-- Make rights_request_now anew from its log, by the same rule as fold.sql.
delete from rights_request_now;
insert into rights_request_now
from rights_request_event
qualify row_number() over (partition by request_id order by event_id desc) = 1;
