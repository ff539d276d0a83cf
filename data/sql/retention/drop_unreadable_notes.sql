-- Remove sealed notes that nobody can open any more.
-- erased(subject_id): everybody of the erasure journal
-- -> Count bigint
delete from sealed_note where subject_id in (select subject_id from erased);
