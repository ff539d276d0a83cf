-- What has not arrived for a while, or never will: one row.
-- $community_id varchar: the community, or null for all
-- $before timestamptz: what was queued later is not late yet
-- $since timestamptz: what expired earlier is history
-- -> late (deliveries that wait longer), oldest_at (since when the oldest of them waits, UTC),
--    error (why its last try failed), expired (deliveries that waited too long)
select
    count(*) filter (where state = 'waiting' and made_at < $before) as late,
    min(made_at) filter (where state = 'waiting' and made_at < $before) as oldest_at,
    arg_min(error, made_at) filter (where state = 'waiting' and made_at < $before) as error,
    count(*) filter (where state = 'expired' and happened_at >= $since) as expired
from delivery_now
where $community_id::varchar is null or community_id = $community_id::varchar;
