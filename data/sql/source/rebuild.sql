-- Make source_now anew from its log, by the same rule as fold.sql.
delete from source_now;
insert into source_now
from source_event
qualify row_number() over (partition by source, community_id order by event_id desc) = 1;
