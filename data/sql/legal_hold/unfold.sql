-- Take one key out of legal_hold_now, to be followed at once by its new state.
-- $key varchar: a hold_id
delete from legal_hold_now where hold_id = $key;
