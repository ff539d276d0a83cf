-- Make export_file_now anew from its log, by the same rule as fold.sql.
delete from export_file_now;
insert into export_file_now
from export_file_event
qualify row_number() over (partition by export_id order by event_id desc) = 1;
