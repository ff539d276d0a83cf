-- The newest handovers of a community, the one being written first.
-- $community_id varchar: the community. $row_limit integer: most rows.
-- -> every column of handover_now but event_kind, recorded_at and actor; newest first
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
where community_id = $community_id
order by handover_id desc
limit $row_limit;
