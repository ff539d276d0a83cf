-- One device link, live or revoked.
-- $kiosk_id varchar: the link
-- -> kiosk_id, community_id, label, secret_hash, removed_at
select kiosk_id, community_id, label, secret_hash, removed_at
from kiosk_now
where kiosk_id = $kiosk_id;
