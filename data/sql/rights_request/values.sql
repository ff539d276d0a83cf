-- Sealed values of one subject with the day each was written.
-- $subject_id varchar: whose
-- -> field, sealed, updated_at (UTC)
select field, sealed, updated_at
from personal_field
where subject_id = $subject_id
order by field;
