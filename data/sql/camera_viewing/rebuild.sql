-- Make camera_viewing_now anew from its log, by the same rule as fold.sql.
delete from camera_viewing_now;
insert into camera_viewing_now
from camera_viewing_event
qualify row_number() over (partition by viewing_id order by event_id desc) = 1;
