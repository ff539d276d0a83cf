-- The workers of a community, where they belong and what they lead.
-- $community_id varchar: the community
-- -> worker_id, version (event id), callsign, kind, source, area_id, area_zh, area_en,
--    organisation_id, organisation_zh, organisation_en, leads (count of areas); by kind and callsign
with led as (
    select leader_worker_id as worker_id, count(*) as leads
    from area_now
    where community_id = $community_id and removed_at is null and leader_worker_id is not null
    group by leader_worker_id
)

select
    worker.worker_id,
    worker.event_id as version,
    worker.callsign,
    worker.kind,
    worker.source,
    worker.area_id,
    area.name_zh as area_zh,
    area.name_en as area_en,
    worker.organisation_id,
    unit.name_zh as organisation_zh,
    unit.name_en as organisation_en,
    coalesce(led.leads, 0) as leads
from worker_now as worker
left join area_now as area
    on worker.area_id = area.area_id and area.community_id = $community_id
left join organisation_now as unit
    on worker.organisation_id = unit.organisation_id and unit.removed_at is null
left join led on worker.worker_id = led.worker_id
where worker.community_id = $community_id and worker.removed_at is null
order by worker.kind, worker.callsign, worker.worker_id;
