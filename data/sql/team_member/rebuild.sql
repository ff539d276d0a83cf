-- Make team_member_now anew from its log, by the same rule as fold.sql.
delete from team_member_now;
insert into team_member_now
from team_member_event
qualify row_number() over (partition by team_member_id order by event_id desc) = 1;
