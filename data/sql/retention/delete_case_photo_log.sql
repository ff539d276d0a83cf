-- Remove the log of the photos of some cases; the pictures are gone already.
-- $ids varchar[]: the cases
delete from case_photo_event where case_id in (select unnest($ids));
