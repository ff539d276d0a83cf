-- Make scene_now anew from its log, by the same rule as fold.sql.
delete from scene_now;
insert into scene_now
from scene_event
qualify row_number() over (partition by scene_id order by event_id desc) = 1;
