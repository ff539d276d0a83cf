-- Care recipients by the day their next visit is due, the earliest first.
-- $community_id varchar: the community
-- $reach varchar[] or null: areas the viewer may see; null for all
-- $zone varchar: the community's time zone
-- $offset, $limit integer: which block
-- -> care_recipient_id, person_id, place_id, place_zh, place_en, area_zh, area_en, visit_every_days, since (local day), due (local day), total (in the whole list)
with begun as (
    select care_recipient_id, min(happened_at) as happened_at
    from care_recipient_event
    where community_id = $community_id
    group by care_recipient_id
)
select
    r.care_recipient_id, r.person_id, r.place_id, place.name_zh as place_zh, place.name_en as place_en,
    area.name_zh as area_zh, area.name_en as area_en, r.visit_every_days,
    cast(timezone($zone, b.happened_at) as date) as since,
    cast(timezone($zone, b.happened_at) as date) + r.visit_every_days as due, count(*) over () as total
from care_recipient_now as r
join begun as b on b.care_recipient_id = r.care_recipient_id
left join place_now as place on place.place_id = r.place_id and place.community_id = r.community_id
left join area_now as area on area.area_id = place.area_id and area.community_id = r.community_id
where r.community_id = $community_id and r.removed_at is null
    and ($reach is null or list_contains($reach, place.area_id))
order by due, place.name_zh, r.care_recipient_id
offset $offset limit $limit;
