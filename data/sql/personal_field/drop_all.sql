-- Remove every sealed value of a subject.
-- $subject_id varchar: whose
delete from personal_field where subject_id = $subject_id;
