-- Take one key out of account_now, to be followed at once by its new state.
-- $key varchar: a account_id
delete from account_now where account_id = $key;
