-- The gate in use whose tablet has a secret.
-- $secret_hash varchar: SHA-256 of the secret in the link
-- -> gate_id
select gate_id
from gate_now
where secret_hash = $secret_hash and removed_at is null;
