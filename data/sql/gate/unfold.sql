-- Take one key out of gate_now, to be followed at once by its new state.
-- $key varchar: a gate_id
delete from gate_now where gate_id = $key;
