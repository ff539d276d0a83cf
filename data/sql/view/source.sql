-- What each source did since its first start, for counters that survive a restart.
-- -> source, community_id, accepted, quarantined (rows), good_at (UTC), error (code or null)
select source, community_id, accepted, quarantined, good_at, error
from source_now
order by source, community_id
