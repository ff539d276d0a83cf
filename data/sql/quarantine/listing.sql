-- Rows that could not be taken, oldest first, with where they stood and why.
-- $community_id varchar: only this community, or null for all
-- $source varchar: only this source (or its part before the colon), or null for all
-- $since timestamptz: only set aside at or after this time, UTC, or null for all
-- -> recorded_at (UTC), community_id, source, kind, file, row_number, code, field, message, raw
select
    q.recorded_at,
    q.community_id,
    q.source,
    q.kind,
    q.file,
    q.row_number,
    q.code,
    q.field,
    q.message,
    q.raw
from quarantine as q
where ($community_id::varchar is null or q.community_id = $community_id)
    and (
        $source::varchar is null
        or q.source = $source
        or split_part(q.source, ':', 1) = $source
        or split_part(q.source, ':', 2) = $source
    )
    and ($since::timestamptz is null or q.recorded_at >= $since::timestamptz)
order by q.quarantine_id;
