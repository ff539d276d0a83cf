-- One request with everything an event carries on.
-- $request_id varchar, $approval_id varchar: which, by either; the other is null
-- -> every column of rights_request_now but those of its last event
select
    request_id, community_id, kind, person_id, requester, channel, identity_check, field, consent_purpose, state,
    received_at, due_at, handled_by, approval_id, decided_by, decided_at, refusal, proof, closed_at
from rights_request_now
where request_id = $request_id or approval_id = $approval_id;
