-- Take one key out of enterprise_now, to be followed at once by its new state.
-- $key varchar: a enterprise_id
delete from enterprise_now where enterprise_id = $key;
