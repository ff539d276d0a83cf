-- When somebody entered the care register.
-- $care_recipient_id varchar: who
-- -> happened_at
select min(happened_at) as happened_at
from care_recipient_event
where care_recipient_id = $care_recipient_id;
