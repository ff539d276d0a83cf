-- How many rows have been set aside, by community, source and kind.
-- -> community_id, source, kind, n (rows), last_at (the latest of them, UTC)
select
    q.community_id,
    q.source,
    q.kind,
    count(*) as n,
    max(q.recorded_at) as last_at
from quarantine as q
group by q.community_id, q.source, q.kind
order by n desc, q.community_id, q.source, q.kind;
