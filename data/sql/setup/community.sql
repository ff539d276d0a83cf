-- What is registered of a community, and the event it was read at.
-- $community_id varchar: the community
-- -> version (event id), community_id, area_id, name_zh, name_en, timezone, is_demo, households,
--    residents, lon, lat
select
    event_id as version,
    community_id,
    area_id,
    name_zh,
    name_en,
    timezone,
    is_demo,
    households,
    residents,
    lon,
    lat
from community_now
where community_id = $community_id and removed_at is null;
