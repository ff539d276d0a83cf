-- Take one key out of approval_now, to be followed at once by its new state.
-- $key varchar: a approval_id
delete from approval_now where approval_id = $key;
