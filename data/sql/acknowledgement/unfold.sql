-- Take one key out of acknowledgement_now, to be followed at once by its new state.
-- $key varchar: a acknowledgement_id
delete from acknowledgement_now where acknowledgement_id = $key;
