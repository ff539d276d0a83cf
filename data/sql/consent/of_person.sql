-- Every consent of a person, those that hold first.
-- $person_id varchar: whose
-- -> consent_id, purpose, given_by, form, given_on, withdrawn_on, paper_ref, source
select consent_id, purpose, given_by, form, given_on, withdrawn_on, paper_ref, source
from consent_now
where person_id = $person_id
order by withdrawn_on is not null, given_on desc, consent_id;
