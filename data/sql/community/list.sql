-- Every community in use, real ones first, by id.
-- -> community_id, name_zh, name_en, timezone, is_demo
select community_id, name_zh, name_en, timezone, is_demo
from community_now
where removed_at is null
order by is_demo, community_id;
