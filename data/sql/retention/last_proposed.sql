-- When the nightly run last looked through each community.
-- -> community_id, proposed_at (UTC)
select community_id, max(recorded_at) as proposed_at
from retention_run
where kind = 'proposed'
group by community_id
order by community_id;
