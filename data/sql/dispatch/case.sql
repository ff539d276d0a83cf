-- What a dispatch must know of a case, with the areas it lies in.
-- $case_id varchar: the case
-- -> case_id, community_id, event_id (its version), status, category, urgency, area_id, lon, lat
--    (degrees, WGS-84; null on a source's default point), area_ids (its area and all above)
with recursive above as (
    select area.area_id, area.parent_id, 0 as depth
    from area_now as area
    join case_now as matter on matter.area_id = area.area_id
    where matter.case_id = $case_id
    union all
    select area.area_id, area.parent_id, above.depth + 1 as depth
    from area_now as area
    join above on area.area_id = above.parent_id
    where above.depth < 12
)

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
    coalesce((select list(above.area_id) from above), []) as area_ids
from case_now as matter
where matter.case_id = $case_id;
