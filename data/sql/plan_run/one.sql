-- One run with its whole state.
-- $run_id varchar: the run
-- -> every column of plan_run_event but recorded_at; event_id is its version
select
    event_id,
    event_kind, happened_at, actor, run_id, community_id, plan_id, version, kind, title_zh, title_en,
    drill, started_at, started_by, started_worker_id, confirm_by, confirmation, confirmed_by,
    note_id, place_id, area_id, case_id, alarm_id, shortfalls, ended_at, ended_by, gathered,
    destroyed_at, proof
from plan_run_now
where run_id = $run_id;
