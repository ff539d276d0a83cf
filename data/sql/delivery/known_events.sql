-- Which of some events are queued already, or were.
-- $key_hashes varchar[]: ids of the events
-- -> key_hash
select distinct key_hash
from delivery_now
where target_kind = 'webhook' and list_contains($key_hashes::varchar[], key_hash);
