-- Take the sealed values of erased people out of a restored database; their keys are gone already.
-- erased(subject_id): who was erased
-- -> Count bigint
delete from personal_field where subject_id in (select subject_id from erased);
