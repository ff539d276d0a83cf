-- The whole log of a community's cases, in order.
-- $community_id varchar: the community
-- -> event_id, event_kind, happened_at, actor, case_id, status, category, locality, source_id
select event_id, event_kind, happened_at, actor, case_id, status, category, locality, source_id
from case_event
where community_id = $community_id
order by event_id;
