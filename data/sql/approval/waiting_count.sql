-- How many approvals of some communities wait for a viewer.
-- $communities varchar[]: the viewer's
-- $kinds varchar[]: kinds the viewer may decide
-- $actor varchar: the viewer, who cannot decide what he or she asked
-- -> n bigint, escalated bigint
select
    count(*) as n,
    count(*) filter (where state = 'escalated') as escalated
from approval_now
where
    list_contains($communities, community_id)
    and list_contains($kinds, kind)
    and asked_by <> $actor
    and list_contains(['waiting', 'escalated'], state);
