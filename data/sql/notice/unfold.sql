-- Take one key out of notice_now, to be followed at once by its new state.
-- $key varchar: a notice_id
delete from notice_now where notice_id = $key;
