-- Remove some photos from the log; their files are gone already.
-- $photo_ids varchar[]: which
delete from case_photo_event where photo_id in (select unnest($photo_ids));
