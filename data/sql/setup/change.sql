-- The objects one step has changed, last first: the order in which they are undone.
-- $community_id varchar: the community
-- $change_id varchar: the step
-- -> noun, object_id, event_id, before_event_id
select noun, object_id, event_id, before_event_id
from setup_change
where community_id = $community_id and change_id = $change_id
order by position desc;
