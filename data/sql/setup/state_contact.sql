-- The state of one contact after one of its events, or after its last: every column of contact_event.
-- $community_id varchar: the community
-- $object_id varchar: the contact
-- $event_id varchar: the event, or null for the last
-- -> the columns of contact_event; no row where this community has no such contact or event
from contact_event
where
    community_id = $community_id
    and contact_id = $object_id
    and ($event_id is null or event_id = $event_id)
order by event_id desc
limit 1;
