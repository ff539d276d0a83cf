-- The state of one worker after one of its events, or after its last: every column of worker_event.
-- $community_id varchar: the community
-- $object_id varchar: the worker
-- $event_id varchar: the event, or null for the last
-- -> the columns of worker_event; no row where this community has no such worker or event
from worker_event
where
    community_id = $community_id
    and worker_id = $object_id
    and ($event_id is null or event_id = $event_id)
order by event_id desc
limit 1;
