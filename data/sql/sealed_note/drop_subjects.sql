-- Remove every note sealed under the keys of erased people.
-- $subject_ids varchar[]: whose
delete from sealed_note where list_contains($subject_ids, subject_id);
