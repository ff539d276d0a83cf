-- The eight cases that changed last, each with its last event, as the wall may show them.
-- $community_id varchar: the community.
-- -> id (case), category, status, place_zh, place_en, at (ISO 8601, UTC); newest first
with recent as (
    select case_id, category, status, place_id, area_id, locality, happened_at, event_id
    from case_now
    where community_id = $community_id
    order by happened_at desc, event_id desc
    limit 8
)

select
    recent.case_id as id,
    recent.category,
    recent.status,
    coalesce(place.name_zh, recent.locality, area.name_zh) as place_zh,
    case
        when place.name_zh is not null then place.name_en
        else coalesce(recent.locality, area.name_en)
    end as place_en,
    strftime(timezone('UTC', recent.happened_at), '%Y-%m-%dT%H:%M:%SZ') as at
from recent
left join place_now as place
    on recent.place_id = place.place_id and place.community_id = $community_id
left join area_now as area
    on recent.area_id = area.area_id and area.community_id = $community_id
order by recent.happened_at desc, recent.event_id desc
