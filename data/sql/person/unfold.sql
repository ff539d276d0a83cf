-- Take one key out of person_now, to be followed at once by its new state.
-- $key varchar: a person_id
delete from person_now where person_id = $key;
