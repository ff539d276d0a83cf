-- Communities that have a wall: all that are registered and not removed, by id.
-- -> community_id, name_zh, name_en, is_demo, timezone, lon, lat (degrees, WGS-84)
select community_id, name_zh, name_en, is_demo, timezone, lon, lat
from community_now
where removed_at is null
order by community_id
