-- Every consent of one person, ended ones included.
-- $person_id varchar: whose
-- -> purpose, given_by, form, given_on, withdrawn_on
select purpose, given_by, form, given_on, withdrawn_on
from consent_now
where person_id = $person_id
order by given_on, consent_id;
