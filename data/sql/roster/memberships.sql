-- The memberships of a team that hold.
-- $team_id varchar: the team
-- -> team_member_id, community_id, team_id, worker_id, removed_at
select team_member_id, community_id, team_id, worker_id, removed_at
from team_member_now
where team_id = $team_id and removed_at is null
order by team_member_id;
