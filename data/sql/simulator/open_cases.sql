-- The simulator's own unfinished cases; what people or other sources reported it leaves alone.
-- $community_id varchar, $source varchar: the community and the simulator's source.
-- -> case_id, source_id, status, category, reported_at, deadline_at (UTC, null: no limit),
--    happened_at (UTC, its last event); by source_id
select case_id, source_id, status, category, reported_at, deadline_at, happened_at
from case_now
where
    community_id = $community_id
    and source = $source
    and status not in ('closed', 'rejected', 'cancelled')
order by source_id
