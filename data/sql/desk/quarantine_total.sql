-- How many rows have been set aside, by community, source and kind.
-- $communities varchar[]: the communities to list
-- -> community_id, source, kind, n (rows), last_at (the latest of them, UTC)
select
    q.community_id,
    q.source,
    q.kind,
    count(*) as n,
    max(q.recorded_at) as last_at
from quarantine as q
where list_contains($communities, q.community_id)
group by q.community_id, q.source, q.kind
order by n desc, q.community_id, q.source, q.kind;
