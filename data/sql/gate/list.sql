-- The gates in use of communities; never an address, never a secret.
-- $community_ids varchar[]: the communities, or null for all
-- $now timestamptz: the moment, UTC
-- -> gate_id, community_id, version (event of the record), name_zh, name_en, camera_id, camera_zh,
--    camera_en, kind, scheme, has_link, calls_on, opens_on, policy_state (of the last asking to open
--    it from afar that nobody has decided, else null), last_call_at (UTC), last_state
with calls as (
    select gate_id, started_at, state
    from gate_call_now
    qualify row_number() over (partition by gate_id order by call_id desc) = 1
),

asked as (
    select distinct subject_id, state
    from approval_now
    where subject_kind = 'gate' and kind = 'gate_policy' and state = 'waiting' and due_at > $now
)

select
    gate.gate_id, gate.community_id, gate.event_id as version, gate.name_zh, gate.name_en,
    gate.camera_id, device.name_zh as camera_zh, device.name_en as camera_en, gate.kind,
    gate.scheme, gate.secret_hash is not null as has_link, gate.calls_on, gate.opens_on,
    asked.state as policy_state, calls.started_at as last_call_at, calls.state as last_state
from gate_now as gate
left join device_now as device on device.device_id = gate.camera_id
left join calls on calls.gate_id = gate.gate_id
left join asked on asked.subject_id = gate.gate_id
where
    gate.removed_at is null
    and ($community_ids is null or list_contains($community_ids::varchar[], gate.community_id))
order by gate.name_zh, gate.gate_id;
