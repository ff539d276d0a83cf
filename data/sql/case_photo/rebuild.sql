-- Make case_photo_now anew from its log, by the same rule as fold.sql.
delete from case_photo_now;
insert into case_photo_now
from case_photo_event
qualify row_number() over (partition by photo_id order by event_id desc) = 1;
