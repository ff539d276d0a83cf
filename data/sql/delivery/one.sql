-- One delivery with what it tells.
-- $delivery_id varchar: the delivery
-- -> every column of delivery_event but event_id, event_kind, happened_at, recorded_at and actor
select
    delivery_id, community_id, message_id, target_kind, target_id, state, made_at, attempts,
    next_at, tried_at, sent_at, error, http_status, event_body, key_hash
from delivery_now
where delivery_id = $delivery_id;
