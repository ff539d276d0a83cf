-- Remove every sealed value of some subjects.
-- $subject_ids varchar[]: whose
delete from personal_field where subject_id in (select unnest($subject_ids));
