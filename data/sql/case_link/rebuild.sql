-- Make case_link_now anew from its log, by the same rule as fold.sql.
delete from case_link_now;
insert into case_link_now
from case_link_event
qualify row_number() over (partition by link_id order by event_id desc) = 1;
