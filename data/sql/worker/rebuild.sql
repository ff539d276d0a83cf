-- Make worker_now anew from its log, by the same rule as fold.sql.
delete from worker_now;
insert into worker_now
from worker_event
qualify row_number() over (partition by worker_id order by event_id desc) = 1;
