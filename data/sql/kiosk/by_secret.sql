-- The live device link with a secret.
-- $secret_hash varchar: SHA-256 of the secret in the link
-- -> kiosk_id, community_id, label
select kiosk_id, community_id, label
from kiosk_now
where secret_hash = $secret_hash and removed_at is null;
