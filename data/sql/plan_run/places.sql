-- Buildings and key places of a community that have a public name, to choose where something is.
-- $community_id varchar: the community
-- -> place_id, name_zh, name_en, kind, area_id; buildings first, then by name
select place_id, name_zh, name_en, kind, area_id
from place_now
where
    community_id = $community_id
    and removed_at is null
    and name_zh is not null
    and kind not in ('road', 'green', 'water', 'boundary', 'street_light', 'manhole', 'hydrant')
order by kind <> 'building', length(name_zh), name_zh, place_id;
