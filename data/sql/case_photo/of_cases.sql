-- The ids of all photos of some cases.
-- $case_ids varchar[]: the cases
-- -> photo_id
select photo_id
from case_photo_now
where list_contains($case_ids, case_id)
order by photo_id;
