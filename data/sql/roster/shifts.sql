-- The shifts of a community that are in use, of teams in use.
-- $community_id varchar: the community
-- -> shift_id, version (event id), team_id, starts, ends (HH:MM, local), first_on, last_on (dates),
--    weekdays (Monday = 1), days, every_days; by team and begin
select
    shift.shift_id,
    shift.event_id as version,
    shift.team_id,
    shift.starts,
    shift.ends,
    shift.first_on,
    shift.last_on,
    shift.weekdays,
    shift.days,
    shift.every_days
from shift_now as shift
join team_now as team on shift.team_id = team.team_id
where
    shift.community_id = $community_id
    and shift.removed_at is null
    and team.removed_at is null
order by shift.team_id, shift.starts, shift.shift_id;
