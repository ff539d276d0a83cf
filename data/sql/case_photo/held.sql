-- Whether a legal hold keeps a case: one row where one does.
-- $case_id varchar: the case
-- $now timestamptz: the moment, UTC
-- -> hold_id
select hold_id
from legal_hold_now
where
    subject_id = $case_id
    and list_contains(['asked', 'held'], state)
    and expires_at > $now;
