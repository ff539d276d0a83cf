-- Make team_now anew from its log, by the same rule as fold.sql.
delete from team_now;
insert into team_now
from team_event
qualify row_number() over (partition by team_id order by event_id desc) = 1;
