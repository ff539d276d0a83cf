-- Every key that has not been revoked.
-- -> api_key_id, community_id, role, label, secret_hash
select api_key_id, community_id, role, label, secret_hash
from api_key_now
where revoked_at is null;
