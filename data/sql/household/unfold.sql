-- Take one key out of household_now, to be followed at once by its new state.
-- $key varchar: a household_id
delete from household_now where household_id = $key;
