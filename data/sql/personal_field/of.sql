-- Sealed values of some subjects.
-- $subject_ids varchar[]: whose
-- -> subject_id, field, sealed
with incoming as (
    select unnest($subject_ids) as subject_id
)
select f.subject_id, f.field, f.sealed
from personal_field as f
join incoming on incoming.subject_id = f.subject_id
order by f.subject_id, f.field;
