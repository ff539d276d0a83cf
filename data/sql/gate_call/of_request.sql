-- The call a door station's message made.
-- $gate_id varchar, $request_key varchar: the gate and the id of its message
-- -> call_id, state, outcome
select call_id, state, outcome
from gate_call_now
where gate_id = $gate_id and request_key = $request_key;
