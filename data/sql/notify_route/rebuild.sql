-- Make notify_route_now anew from its log, by the same rule as fold.sql.
delete from notify_route_now;
insert into notify_route_now
from notify_route_event
qualify row_number() over (partition by route_id order by event_id desc) = 1;
