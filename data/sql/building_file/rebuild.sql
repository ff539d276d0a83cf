-- Make building_file_now anew from its log, by the same rule as fold.sql.
delete from building_file_now;
insert into building_file_now
from building_file_event
qualify row_number() over (partition by building_file_id order by event_id desc) = 1;
