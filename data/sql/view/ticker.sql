-- Every unfinished case of a community as the wall may show it: place down to the building,
-- never title, description or address; a source's default point is not a position.
-- $community_id varchar: the community.
-- -> id, category, urgency, status, place_zh, place_en, reported_at, deadline_at (ISO 8601, UTC),
--    limit_kind, lon, lat (degrees, WGS-84), status_at (ISO 8601, UTC; its last event);
--    overdue and next due first
with open_case as (
    select
        case_id,
        category,
        urgency,
        status,
        place_id,
        area_id,
        locality,
        reported_at,
        deadline_at,
        limit_kind,
        location_flag,
        lon,
        lat,
        happened_at
    from case_now
    where
        community_id = $community_id
        and status not in ('closed', 'rejected', 'cancelled')
)

select
    open_case.case_id as id,
    open_case.category,
    open_case.urgency,
    open_case.status,
    coalesce(place.name_zh, open_case.locality, area.name_zh) as place_zh,
    case
        when place.name_zh is not null then place.name_en
        else coalesce(open_case.locality, area.name_en)
    end as place_en,
    strftime(timezone('UTC', open_case.reported_at), '%Y-%m-%dT%H:%M:%SZ') as reported_at,
    strftime(timezone('UTC', open_case.deadline_at), '%Y-%m-%dT%H:%M:%SZ') as deadline_at,
    open_case.limit_kind,
    case when open_case.location_flag is null then open_case.lon end as lon,
    case when open_case.location_flag is null then open_case.lat end as lat,
    strftime(timezone('UTC', open_case.happened_at), '%Y-%m-%dT%H:%M:%SZ') as status_at
from open_case
left join place_now as place
    on open_case.place_id = place.place_id and place.community_id = $community_id
left join area_now as area
    on open_case.area_id = area.area_id and area.community_id = $community_id
order by open_case.deadline_at asc nulls last, open_case.case_id asc
