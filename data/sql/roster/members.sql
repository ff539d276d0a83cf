-- Who belongs to which team of a community.
-- $community_id varchar: the community
-- -> team_id, worker_id, callsign; by team and callsign
select member.team_id, member.worker_id, worker.callsign
from team_member_now as member
join team_now as team on member.team_id = team.team_id
join worker_now as worker on member.worker_id = worker.worker_id
where
    member.community_id = $community_id
    and member.removed_at is null
    and team.removed_at is null
    and worker.removed_at is null
order by member.team_id, worker.callsign, member.worker_id;
