-- Take one key out of contact_now, to be followed at once by its new state.
-- $key varchar: a contact_id
delete from contact_now where contact_id = $key;
