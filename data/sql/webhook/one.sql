-- One webhook, live or removed.
-- $webhook_id varchar: the webhook
-- -> webhook_id, community_id, label, event_types (JSON), rotated_at, removed_at (UTC)
select webhook_id, community_id, label, event_types, rotated_at, removed_at
from webhook_now
where webhook_id = $webhook_id;
