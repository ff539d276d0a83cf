-- The state of one area after one of its events, or after its last: every column of area_event.
-- $community_id varchar: the community
-- $object_id varchar: the area
-- $event_id varchar: the event, or null for the last
-- -> the columns of area_event; no row where this community has no such area or event
from area_event
where
    community_id = $community_id
    and area_id = $object_id
    and ($event_id is null or event_id = $event_id)
order by event_id desc
limit 1;
