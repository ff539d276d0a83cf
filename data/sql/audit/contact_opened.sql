-- How often the number a reporter left for a case was opened.
-- $case_id varchar: the case
-- -> n
select count(*) as n
from audit_event
where action = 'case.contact' and case_id = $case_id;
