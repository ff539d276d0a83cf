-- The live webhooks of a community that want events of a type.
-- $community_id varchar: the community
-- $event_types varchar[]: the types
-- -> webhook_id, event_types (JSON list)
select webhook_id, event_types
from webhook_now
where
    community_id = $community_id
    and removed_at is null
    and list_has_any(from_json(event_types, '["varchar"]'), $event_types::varchar[])
order by webhook_id;
