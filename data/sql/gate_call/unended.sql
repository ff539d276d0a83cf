-- Calls from gates nobody has ended, with their whole state.
-- -> every column of gate_call_now that an event carries on
select
    call_id, gate_id, community_id, channel, request_key, state, outcome, answered_by, started_at,
    answered_at, ended_at
from gate_call_now
where ended_at is null;
