-- Take one key out of case_photo_now, to be followed at once by its new state.
-- $key varchar: a photo_id
delete from case_photo_now where photo_id = $key;
