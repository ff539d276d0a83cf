-- The open private link with a secret.
-- $secret_hash varchar: SHA-256 of the secret in the link
-- -> link_id, case_id, community_id, kind
select link_id, case_id, community_id, kind
from case_link_now
where secret_hash = $secret_hash and ended_at is null;
