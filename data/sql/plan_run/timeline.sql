-- What happened in a run: to itself, to its tasks, to its case and to its alarm while it ran.
-- $run_id varchar: the run
-- -> event_id, kind (a code of PLAN_EVENTS, or gathered), happened_at, recorded_at, actor, subject
--    (step_id, or what became of the case or alarm), note_id; in no order
select
    event_id, event_kind as kind, happened_at, recorded_at, actor, null as subject, note_id
from plan_run_event
where run_id = $run_id
union all
select
    event_id, event_kind as kind, happened_at, recorded_at, actor, step_id as subject, note_id
from plan_task_event
where run_id = $run_id and event_kind <> 'made'
union all
select
    c.event_id, 'case_changed' as kind, c.happened_at, c.recorded_at, c.actor,
    c.status as subject, null as note_id
from case_event as c
join plan_run_now as r on c.case_id = r.case_id
where
    r.run_id = $run_id
    and c.recorded_at >= r.started_at
    and (r.ended_at is null or c.recorded_at <= r.ended_at)
union all
select
    a.event_id, 'alarm_changed' as kind, a.happened_at, a.recorded_at, a.actor,
    a.event_kind as subject, null as note_id
from alarm_event as a
join plan_run_now as r on a.alarm_id = r.alarm_id
where
    r.run_id = $run_id
    and a.event_kind <> 'repeated'
    and a.recorded_at >= r.started_at
    and (r.ended_at is null or a.recorded_at <= r.ended_at);
