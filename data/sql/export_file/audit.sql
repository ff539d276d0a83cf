-- Lines of the audit for a bulk export, without reasons: a file would outlive their subjects' keys.
-- $community_id varchar: the community
-- $since timestamptz, $until timestamptz: happened from and before, UTC, or null
-- $most integer: at most so many
-- -> seq, happened_at (UTC), action, result, actor, role, subject_kind, subject_id, field, case_id, purpose, origin, detail
select
    seq, happened_at, action, result, actor, role, subject_kind, subject_id, field, case_id, purpose, origin, detail
from audit_event
where
    community_id = $community_id
    and ($since::timestamptz is null or happened_at >= $since)
    and ($until::timestamptz is null or happened_at < $until)
order by seq
limit $most;
