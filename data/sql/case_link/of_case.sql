-- The private links of a case, its reporter's first.
-- $case_id varchar: the case
-- -> link_id, case_id, community_id, kind
select link_id, case_id, community_id, kind
from case_link_now
where case_id = $case_id and ended_at is null
order by kind desc, link_id;
