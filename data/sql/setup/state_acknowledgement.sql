-- The state of one acknowledgement after one of its events, or after its last: every column of acknowledgement_event.
-- $community_id varchar: the community
-- $object_id varchar: the acknowledgement
-- $event_id varchar: the event, or null for the last
-- -> the columns of acknowledgement_event; no row where this community has no such acknowledgement or event
from acknowledgement_event
where
    community_id = $community_id
    and acknowledgement_id = $object_id
    and ($event_id is null or event_id = $event_id)
order by event_id desc
limit 1;
