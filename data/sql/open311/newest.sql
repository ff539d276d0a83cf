-- The newest report that a source has brought.
-- $community_id varchar: the community. $source varchar: the source.
-- -> reported_at (UTC), null where it has brought none
select max(reported_at) as reported_at
from case_now
where community_id = $community_id and source = $source;
