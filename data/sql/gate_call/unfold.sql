-- Take one key out of gate_call_now, to be followed at once by its new state.
-- $key varchar: a call_id
delete from gate_call_now where call_id = $key;
