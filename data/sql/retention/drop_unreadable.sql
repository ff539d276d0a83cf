-- Remove sealed values of erased subjects that have no file any more.
-- erased(subject_id): everybody of the erasure journal
-- -> Count bigint
delete from personal_field where subject_id in (select subject_id from erased);
