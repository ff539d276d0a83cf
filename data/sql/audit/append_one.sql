-- Append a single line to the audit chain; twice as fast as a table of one row.
-- $seq bigint, $happened_at and $recorded_at timestamptz, all others varchar: the columns of audit_event
insert into audit_event (
    seq, event_id, happened_at, recorded_at, action, result, actor, role, community_id,
    subject_kind, subject_id, field, case_id, purpose, reason, origin, detail, key_id,
    column_checks, prev_mac, mac
)
values (
    $seq, $event_id, $happened_at, $recorded_at, $action, $result, $actor, $role, $community_id,
    $subject_kind, $subject_id, $field, $case_id, $purpose, $reason, $origin, $detail, $key_id,
    $column_checks, $prev_mac, $mac
);
