-- The state of one organisation after one of its events, or after its last: every column of organisation_event.
-- $community_id varchar: the community
-- $object_id varchar: the organisation
-- $event_id varchar: the event, or null for the last
-- -> the columns of organisation_event; no row where this community has no such organisation or event
from organisation_event
where
    community_id = $community_id
    and organisation_id = $object_id
    and ($event_id is null or event_id = $event_id)
order by event_id desc
limit 1;
