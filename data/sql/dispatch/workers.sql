-- Everybody at work of a community who could be sent: where they are, what they have to do.
-- $community_id varchar: the community
-- $case_id varchar: the case they would be sent to
-- $area_ids varchar[]: the areas the case lies in
-- $leader_ids varchar[]: workers who lead one of them
-- -> worker_id, callsign, kind, on_duty (by the register), organisation_id, area_id, own_area (true
--    where theirs is one of the areas, or they lead one), lon, lat (degrees, WGS-84), located_at
--    (UTC), load (open tasks), already_sent, has_account; by id
with load as (
    select
        assignee_id as worker_id,
        count(*) as tasks,
        bool_or(case_id = $case_id) as already_sent
    from task_now
    where
        community_id = $community_id
        and assignee_kind = 'worker'
        and status in ('sent', 'accepted', 'started')
    group by assignee_id
)

select
    worker.worker_id,
    worker.callsign,
    worker.kind,
    worker.on_duty,
    worker.organisation_id,
    worker.area_id,
    coalesce(list_contains($area_ids::varchar[], worker.area_id), false)
    or list_contains($leader_ids::varchar[], worker.worker_id) as own_area,
    place.lon,
    place.lat,
    place.located_at,
    coalesce(load.tasks, 0) as load,
    coalesce(load.already_sent, false) as already_sent,
    worker.worker_id in (
        select worker_id
        from account_now
        where removed_at is null and worker_id is not null
    ) as has_account
from worker_now as worker
left join worker_position as place
    on worker.worker_id = place.worker_id and place.community_id = $community_id
left join load on worker.worker_id = load.worker_id
where worker.community_id = $community_id and worker.removed_at is null
order by worker.worker_id;
