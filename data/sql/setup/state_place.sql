-- The state of one place after one of its events, or after its last: every column of place_event.
-- $community_id varchar: the community
-- $object_id varchar: the place
-- $event_id varchar: the event, or null for the last
-- -> the columns of place_event; no row where this community has no such place or event
from place_event
where
    community_id = $community_id
    and place_id = $object_id
    and ($event_id is null or event_id = $event_id)
order by event_id desc
limit 1;
