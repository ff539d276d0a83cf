-- Emergency plans in their versions, and what happens while one runs.
-- Portable to DuckLake: no primary keys, sequences, indexes or unique constraints (ADR 0002).
-- The comment behind a column is its documentation: docs/tables.md is generated from it.

create table if not exists plan_event ( -- Emergency plans: each row is one version of one plan, as a whole document (ADR 0023).
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- adopted, changed or removed.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who did it.
    plan_id varchar not null, -- Id of the plan in this community, the same in all versions.
    community_id varchar not null, -- Community whose plan it is.
    code varchar not null, -- The plan_id within the document, e.g. high-rise-fire.
    version integer not null, -- 1 and up.
    kind varchar not null, -- A code of EMERGENCY_KINDS.
    title_zh varchar not null, -- Name in Chinese.
    title_en varchar not null, -- Name in English.
    document varchar not null, -- The whole document as JSON; rules/plans.py says its shape.
    is_default boolean not null, -- True while it is the set delivered with the program, not yet adapted.
    removed_at timestamptz -- When it was taken out of use, UTC.
);
-- Current state: the last plan_event row of each plan_id (ADR 0003).
create table if not exists plan_now as from plan_event limit 0;

create table if not exists plan_run_event ( -- A plan that was started: confirmation, notes and end.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- activated, confirmed, refused, escalated, note, gathered or ended.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who caused it; system where time did.
    run_id varchar not null, -- Id of the run.
    community_id varchar not null, -- Community it runs in.
    plan_id varchar not null, -- The plan.
    version integer not null, -- Its version; the run keeps it whatever becomes of the plan.
    kind varchar not null, -- A code of EMERGENCY_KINDS.
    title_zh varchar not null, -- Name of the plan in Chinese.
    title_en varchar not null, -- Name of the plan in English.
    drill boolean not null, -- True for a drill.
    started_at timestamptz not null, -- When, UTC.
    started_by varchar not null, -- Who started it.
    started_worker_id varchar, -- The worker behind that account, where known.
    confirm_by timestamptz not null, -- Until when a second person is to confirm, UTC.
    confirmation varchar not null, -- waiting, confirmed, refused or escalated.
    confirmed_by varchar, -- The second person, whichever way it was decided.
    note_id varchar, -- The sealed note written with this event; null without one.
    place_id varchar, -- Where it is, as far as one place says it.
    area_id varchar, -- The grid it is in.
    case_id varchar, -- The case it belongs to.
    alarm_id varchar, -- The alarm it was started from.
    shortfalls varchar not null, -- What was missing at the start: JSON list of code, subject, step_id, n.
    ended_at timestamptz, -- When it ended, UTC.
    ended_by varchar, -- Who ended it.
    gathered integer not null, -- How many rows about people were gathered for it.
    destroyed_at timestamptz, -- When their key was destroyed, UTC; null where none were gathered.
    proof varchar -- Hash of the ids of the destroyed rows.
);
-- Current state: the last plan_run_event row of each run_id (ADR 0003).
create table if not exists plan_run_now as from plan_run_event limit 0;

create table if not exists plan_task_event ( -- The tasks of a run, one per step of the plan, made all at once.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- made, step_started, step_done, step_skipped or step_unable.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who caused it.
    plan_task_id varchar not null, -- Id of the task.
    community_id varchar not null, -- Community it is in.
    run_id varchar not null, -- The run it belongs to.
    step_id varchar not null, -- The step of the plan's version.
    state varchar not null, -- A code of PLAN_STEP_STATES.
    due_at timestamptz not null, -- When it should be done, UTC.
    changed_at timestamptz, -- When it came into that state, UTC; null while it waits.
    changed_by varchar, -- Who brought it there.
    note_id varchar -- The sealed note that says why; null without one.
);
-- Current state: the last plan_task_event row of each plan_task_id (ADR 0003).
create table if not exists plan_task_now as from plan_task_event limit 0;

create table if not exists plan_run_person ( -- People who may need help, gathered for one run; gone when it ends.
    row_id varchar not null, -- Id of this row.
    run_id varchar not null, -- The run; also whose key seals the row.
    community_id varchar not null, -- Community it runs in.
    place_id varchar, -- The building.
    gathered_at timestamptz not null, -- When, UTC.
    sealed varchar not null -- Name, phone, door and kind of help, sealed under the run's own key.
);
