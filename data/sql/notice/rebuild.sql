-- Make notice_now anew from its log, by the same rule as fold.sql.
delete from notice_now;
insert into notice_now
from notice_event
qualify row_number() over (partition by notice_id order by event_id desc) = 1;
