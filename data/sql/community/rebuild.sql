-- Make community_now anew from its log, by the same rule as fold.sql.
delete from community_now;
insert into community_now
from community_event
qualify row_number() over (partition by community_id order by event_id desc) = 1;
