-- One gate, in use or taken out, with its whole state.
-- $gate_id varchar: the gate
-- -> every column of gate_now but event_kind and happened_at
select
    gate_id, community_id, event_id, actor, recorded_at, name_zh, name_en, camera_id, kind, scheme,
    secret_id, secret_hash, calls_on, opens_on, approval_id, removed_at
from gate_now
where gate_id = $gate_id;
