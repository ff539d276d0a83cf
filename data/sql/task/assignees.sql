-- Which of some ids are workers or organisations of a community that are still in use.
-- $community_id varchar: the community
-- incoming(assignee_id): the ids
-- -> assignee_id, assignee_kind (worker or organisation)
select incoming.assignee_id, 'worker' as assignee_kind
from incoming
join worker_now as w on incoming.assignee_id = w.worker_id
where w.community_id = $community_id and w.removed_at is null
union all
select incoming.assignee_id, 'organisation' as assignee_kind
from incoming
join organisation_now as o on incoming.assignee_id = o.organisation_id
where o.community_id = $community_id and o.removed_at is null;
