-- One case as the map's card shows it: no title, description or address.
-- $community_id varchar: the community. $id varchar: the case.
-- -> id, category, urgency, status, place_zh, place_en, lon, lat (degrees; null on a source's
--    default point), accuracy_m, role (WORKER_KINDS), source, reported_at, deadline_at,
--    event_at (ISO 8601, UTC), event_kind; no row where there is no such case
select
    matter.case_id as id,
    matter.category,
    matter.urgency,
    matter.status,
    coalesce(place.name_zh, matter.locality, area.name_zh) as place_zh,
    case
        when place.name_zh is not null then place.name_en
        else coalesce(matter.locality, area.name_en)
    end as place_en,
    case when matter.location_flag is null then matter.lon end as lon,
    case when matter.location_flag is null then matter.lat end as lat,
    matter.accuracy_m,
    coalesce(place.contact_role, leader.kind) as role,
    matter.source,
    strftime(timezone('UTC', matter.reported_at), '%Y-%m-%dT%H:%M:%SZ') as reported_at,
    strftime(timezone('UTC', matter.deadline_at), '%Y-%m-%dT%H:%M:%SZ') as deadline_at,
    matter.event_kind,
    strftime(timezone('UTC', matter.happened_at), '%Y-%m-%dT%H:%M:%SZ') as event_at
from case_now as matter
left join place_now as place
    on matter.place_id = place.place_id and place.community_id = $community_id
left join area_now as area
    on matter.area_id = area.area_id and area.community_id = $community_id
left join worker_now as leader
    on area.leader_worker_id = leader.worker_id and leader.community_id = $community_id
where matter.community_id = $community_id and matter.case_id = $id
