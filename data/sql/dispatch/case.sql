-- What a dispatch must know of a case, with the areas it lies in: its own and the three above.
-- $case_id varchar: the case
-- -> case_id, community_id, event_id (its version), status, category, urgency, area_id, lon, lat
--    (degrees, WGS-84; null on a source's default point), area_ids, leader_ids (workers who lead one
--    of them); either may hold nulls
select
    matter.case_id,
    matter.community_id,
    matter.event_id,
    matter.status,
    matter.category,
    matter.urgency,
    matter.area_id,
    case when matter.location_flag is null then matter.lon end as lon,
    case when matter.location_flag is null then matter.lat end as lat,
    [grid.area_id, zone.area_id, part.area_id, whole.area_id] as area_ids,
    [
        grid.leader_worker_id, zone.leader_worker_id, part.leader_worker_id, whole.leader_worker_id
    ] as leader_ids
from case_now as matter
left join area_now as grid on matter.area_id = grid.area_id
left join area_now as zone on grid.parent_id = zone.area_id
left join area_now as part on zone.parent_id = part.area_id
left join area_now as whole on part.parent_id = whole.area_id
where matter.case_id = $case_id;
