-- The rows set aside last, newest first, with the reason.
-- $limit bigint: most rows to return
-- $communities varchar[]: the communities to list
-- -> quarantine_id, recorded_at (UTC), community_id, source, kind, file, row_number, code, field,
--    message, raw (cut at 200 characters)
select
    q.quarantine_id,
    q.recorded_at,
    q.community_id,
    q.source,
    q.kind,
    q.file,
    q.row_number,
    q.code,
    q.field,
    q.message,
    left(q.raw, 200) as raw
from quarantine as q
where list_contains($communities, q.community_id)
order by q.quarantine_id desc
limit $limit;
