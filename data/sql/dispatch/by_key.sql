-- The dispatch that a key was used for.
-- $community_id varchar: the community
-- $request_key varchar: the sender's key
-- -> dispatch_id, case_id, case_event_id, assignee_ids, actor; one row or none
select dispatch_id, case_id, case_event_id, assignee_ids, actor
from dispatch_now
where community_id = $community_id and request_key = $request_key
limit 1;
