-- One handover.
-- $community_id varchar: the community. $handover_id varchar: which.
-- -> as handover/newest
select
    event_id,
    happened_at,
    handover_id,
    community_id,
    status,
    shift_started_at,
    shift_ended_at,
    outgoing,
    incoming,
    taken_at,
    done_case_ids,
    undone_case_ids,
    overdue,
    alarms
from handover_now
where community_id = $community_id and handover_id = $handover_id;
