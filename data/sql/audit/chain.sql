-- All lines in the order of the chain, times as microseconds since 1970 (UTC), as they are signed.
-- -> every column of audit_event in the order of data/audit_line.py COLUMNS
select
    seq, event_id, epoch_us(happened_at) as happened_at, epoch_us(recorded_at) as recorded_at,
    action, result, actor, role, community_id, subject_kind, subject_id, field, case_id, purpose,
    reason, origin, detail, key_id, column_checks, prev_mac, mac
from audit_event
order by seq, event_id;
