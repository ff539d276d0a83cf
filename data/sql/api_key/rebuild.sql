-- Make api_key_now anew from its log, by the same rule as fold.sql.
delete from api_key_now;
insert into api_key_now
from api_key_event
qualify row_number() over (partition by api_key_id order by event_id desc) = 1;
