-- Requests of a community, the unanswered first by their clock, then the newest.
-- $community_id varchar: the community
-- $most integer: at most so many
-- -> every column of rights_request_now but those of its last event
select
    request_id, community_id, kind, person_id, requester, channel, identity_check, field, consent_purpose, state,
    received_at, due_at, handled_by, approval_id, decided_by, decided_at, refusal, proof, closed_at
from rights_request_now
where community_id = $community_id
order by
    closed_at is not null,
    case when closed_at is null then due_at end,
    request_id desc
limit $most;
