-- The versions of some cases: the id of the last event of each.
-- $case_ids varchar[]: the cases
-- -> case_id, version
select case_id, event_id as version
from case_now
where list_contains($case_ids, case_id);
