-- Take some photos out of the current state.
-- $photo_ids varchar[]: which
delete from case_photo_now where photo_id in (select unnest($photo_ids));
