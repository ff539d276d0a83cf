-- Take the photos of some cases out of the current state.
-- $ids varchar[]: the cases
delete from case_photo_now where case_id in (select unnest($ids));
