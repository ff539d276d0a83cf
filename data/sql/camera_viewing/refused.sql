-- Which of some confirmations were refused.
-- $approval_ids varchar[]: which
-- -> approval_id
select approval_id
from approval_now
where approval_id in (select unnest($approval_ids)) and state = 'refused';
