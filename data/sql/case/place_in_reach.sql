-- Where a case belongs, for deciding who may reach it.
-- $case_id varchar: the case
-- -> case_id, community_id, area_id, event_id (its version), status; one row, or none
select case_id, community_id, area_id, event_id, status
from case_now
where case_id = $case_id;
