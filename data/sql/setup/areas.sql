-- The areas of a community at and below its own level, with who leads them.
-- $community_id varchar: the community
-- -> area_id, version (event id), level, name_zh, name_en, code, parent_id, leader_worker_id,
--    callsign (of the leader), source, drawn (boolean); larger levels first, by code and name
select
    area.area_id,
    area.event_id as version,
    area.level,
    area.name_zh,
    area.name_en,
    area.code,
    area.parent_id,
    area.leader_worker_id,
    leader.callsign,
    area.source,
    area.geometry is not null as drawn
from area_now as area
left join worker_now as leader
    on area.leader_worker_id = leader.worker_id
    and leader.community_id = $community_id
    and leader.removed_at is null
where
    area.community_id = $community_id
    and area.removed_at is null
    and area.level in ('community', 'zone', 'grid', 'estate', 'building', 'unit')
order by
    case area.level
        when 'community' then 0 when 'zone' then 1 when 'estate' then 2 when 'grid' then 3
        when 'building' then 4 else 5
    end,
    area.code nulls last,
    length(area.name_zh),
    area.name_zh,
    area.area_id;
