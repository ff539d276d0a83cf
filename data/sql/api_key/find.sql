-- A live key by its public part.
-- $api_key_id varchar: the public part
-- -> api_key_id, community_id, role, label, secret_hash
select api_key_id, community_id, role, label, secret_hash
from api_key_now
where api_key_id = $api_key_id and revoked_at is null;
