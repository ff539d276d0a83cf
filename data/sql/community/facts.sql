-- What is registered of one community, in the fields of rules/records.CommunityRecord.
-- $community_id varchar: the community
-- -> community_id, name_zh, name_en, timezone, is_demo, households, residents, lon, lat, area_id
select
    community_id, name_zh, name_en, timezone, is_demo, households, residents, lon, lat, area_id
from community_now
where community_id = $community_id and removed_at is null;
