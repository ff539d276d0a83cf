-- The lines behind a place of the chain, with every column, to be carried into a restored database.
-- $seq bigint: the last line that is there already
-- -> every column of audit_event, in its order
select
    seq, event_id, happened_at, recorded_at, action, result, actor, role, community_id,
    subject_kind, subject_id, field, case_id, purpose, reason, origin, detail, key_id,
    column_checks, prev_mac, mac
from audit_event
where seq > $seq
order by seq;
