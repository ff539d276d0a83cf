-- One absence of a community, in use or not.
-- $community_id varchar: the community
-- $object_id varchar: its id
-- -> event_id (its version) and every fact of it
select
    event_id, absence_id, community_id, worker_id, start_at, end_at, stand_in_id, removed_at
from absence_now
where community_id = $community_id and absence_id = $object_id;
