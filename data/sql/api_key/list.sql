-- The keys of a community, or of all, newest first; never their secrets.
-- $community_id varchar or null: the community
-- -> api_key_id, community_id, role, label, recorded_at, revoked_at
select api_key_id, community_id, role, label, recorded_at, revoked_at
from api_key_now
where $community_id is null or community_id = $community_id
order by recorded_at desc;
