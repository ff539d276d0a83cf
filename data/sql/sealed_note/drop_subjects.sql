-- Remove every note sealed under the keys of erased people.
-- $subject_ids varchar[]: whose
delete from sealed_note where subject_id in (select unnest($subject_ids));
