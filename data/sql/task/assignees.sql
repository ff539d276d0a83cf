-- Which of some ids are workers or organisations of a community that are still in use.
-- $community_id varchar: the community
-- $assignee_ids varchar[]: the ids, each once
-- -> assignee_id, assignee_kind (worker or organisation)
select w.worker_id as assignee_id, 'worker' as assignee_kind
from worker_now as w
where
    w.community_id = $community_id
    and w.removed_at is null
    and list_contains($assignee_ids, w.worker_id)
union all
select o.organisation_id as assignee_id, 'organisation' as assignee_kind
from organisation_now as o
where
    o.community_id = $community_id
    and o.removed_at is null
    and list_contains($assignee_ids, o.organisation_id);
