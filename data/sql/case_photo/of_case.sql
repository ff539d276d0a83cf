-- The photos of a case, the first taken over first.
-- $case_id varchar: the case
-- -> photo_id, kind, happened_at (UTC), actor, width, height, size_bytes, sha256, source_id
select photo_id, kind, happened_at, actor, width, height, size_bytes, sha256, source_id
from case_photo_now
where case_id = $case_id
order by photo_id;
