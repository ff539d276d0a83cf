-- Cameras in use of a community and those looked at within some days, by how they were found.
-- $community_id varchar: the community
-- $reach varchar[]: the areas the reader covers, or null for all
-- $first date, $last date: local days, both in the span
-- -> device_id, name_zh, name_en, place_zh, place_en (its place, else its area; null where neither
--    is known), live_s, stalled_s, frozen_s, hidden_s, moved_s, refused_s (seconds; null where
--    nobody looked)
with seen as (
    select
        device_id, sum(live_s) as live_s, sum(stalled_s) as stalled_s, sum(frozen_s) as frozen_s,
        sum(hidden_s) as hidden_s, sum(moved_s) as moved_s, sum(refused_s) as refused_s
    from camera_day
    where community_id = $community_id and day between $first and $last
    group by device_id
)

select
    device.device_id, device.name_zh, device.name_en,
    coalesce(place.name_zh, area.name_zh) as place_zh,
    case when place.place_id is null then area.name_en else place.name_en end as place_en,
    seen.live_s, seen.stalled_s, seen.frozen_s, seen.hidden_s, seen.moved_s, seen.refused_s
from device_now as device
left join seen on seen.device_id = device.device_id
left join place_now as place on place.place_id = device.place_id
left join area_now as area on area.area_id = device.area_id
where
    device.community_id = $community_id
    and device.kind = 'camera'
    and (device.removed_at is null or seen.device_id is not null)
    and ($reach::varchar[] is null or list_contains($reach::varchar[], device.area_id))
order by device.device_id;
