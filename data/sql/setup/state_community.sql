-- The state of one community after one of its events, or after its last: every column of community_event.
-- $community_id varchar: the community
-- $object_id varchar: the community
-- $event_id varchar: the event, or null for the last
-- -> the columns of community_event; no row where this community has no such community or event
from community_event
where
    community_id = $community_id
    and community_id = $object_id
    and ($event_id is null or event_id = $event_id)
order by event_id desc
limit 1;
