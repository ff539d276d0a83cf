-- The teams of a community that are in use, and the organisations behind them.
-- $community_id varchar: the community
-- -> team_id, version (event id), kind, name_zh, name_en, organisation_id, organisation_zh,
--    organisation_en, members (count of people in use); by kind and name
select
    team.team_id,
    team.event_id as version,
    team.kind,
    team.name_zh,
    team.name_en,
    team.organisation_id,
    unit.name_zh as organisation_zh,
    unit.name_en as organisation_en,
    (
        select count(*)
        from team_member_now as member
        join worker_now as worker on member.worker_id = worker.worker_id
        where
            member.team_id = team.team_id
            and member.removed_at is null
            and worker.removed_at is null
    ) as members
from team_now as team
left join organisation_now as unit on team.organisation_id = unit.organisation_id
where team.community_id = $community_id and team.removed_at is null
order by team.kind, team.name_zh, team.team_id;
