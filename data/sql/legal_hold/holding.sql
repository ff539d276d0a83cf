-- Which of some things a legal hold keeps at a moment, also one that still waits for its approval.
-- $subject_ids varchar[]: people, households, enterprises or cases
-- $now timestamptz: the moment, UTC
-- -> subject_id
select distinct subject_id
from legal_hold_now
where
    subject_id in (select unnest($subject_ids))
    and list_contains(['asked', 'held'], state)
    and expires_at > $now
order by subject_id;
