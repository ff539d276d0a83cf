-- Cases as Open311 requests for a bulk copy, page by page in the order of their ids; no text.
-- $community_id varchar: the community. $source varchar: only its rows; null for all.
-- $reach varchar[]: only cases of these areas; null for all.
-- $service_codes varchar[]: categories wanted; null for all. $statuses varchar[]: statuses wanted.
-- $start_at, $end_at timestamptz: bounds of the report, both inclusive.
-- $after varchar: id of the last row of the page before; '' for the first. $row_limit integer.
-- -> as open311/requests; by case_id
with chosen as (
    select
        case_id, status, category, outcome, place_id, area_id, locality, lon, lat, location_flag,
        reported_at, recorded_at as updated_at, deadline_at, closed_at, limit_value, limit_kind,
        merged_into, community_id
    from case_now
    where
        community_id = $community_id
        and ($source is null or source = $source)
        and ($reach::varchar[] is null or list_contains($reach, area_id))
        and ($service_codes::varchar[] is null or list_contains($service_codes, category))
        and list_contains($statuses::varchar[], status)
        and reported_at between $start_at and $end_at
        and case_id > $after
    order by case_id
    limit $row_limit
)

select
    chosen.case_id,
    chosen.status,
    chosen.category,
    chosen.outcome,
    chosen.place_id,
    chosen.locality,
    place_now.name_zh as place_zh,
    place_now.name_en as place_en,
    area_now.name_zh as area_zh,
    area_now.name_en as area_en,
    place_now.lon as place_lon,
    place_now.lat as place_lat,
    chosen.lon,
    chosen.lat,
    chosen.location_flag,
    chosen.reported_at,
    chosen.updated_at,
    chosen.deadline_at,
    chosen.closed_at,
    chosen.limit_value,
    chosen.limit_kind,
    chosen.merged_into
from chosen
left join place_now
    on chosen.place_id = place_now.place_id and chosen.community_id = place_now.community_id
left join area_now
    on chosen.area_id = area_now.area_id and chosen.community_id = area_now.community_id
order by chosen.case_id;
