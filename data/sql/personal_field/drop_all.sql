-- Remove every sealed value of some subjects.
-- $subject_ids varchar[]: whose
delete from personal_field where list_contains($subject_ids, subject_id);
