-- The named places of some kinds within some areas, by kind and name.
-- $community_id varchar: the community
-- $kinds varchar[]: kinds of places
-- $reach varchar[]: the areas, or null for all
-- -> place_id, kind, name_zh, name_en, lon, lat
select place_id, kind, name_zh, name_en, lon, lat
from place_now
where
    community_id = $community_id
    and removed_at is null
    and name_zh is not null
    and list_contains($kinds, kind)
    and ($reach::varchar[] is null or list_contains($reach::varchar[], area_id))
order by kind, length(name_zh), name_zh, place_id;
