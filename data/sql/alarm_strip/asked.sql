-- The last asking of somebody to see the pictures kept of an alarm.
-- $subject_kind varchar: kind of thing such an approval is about
-- $alarm_id varchar: the alarm
-- $actor varchar: who asked
-- -> approval_id, state, purpose, asked_at, due_at, decided_at (UTC; null while nobody has decided)
select approval_id, state, purpose, asked_at, due_at, decided_at
from approval_now
where
    kind = 'camera_retrieval'
    and subject_kind = $subject_kind
    and subject_id = $alarm_id
    and asked_by = $actor
order by approval_id desc
limit 1;
