-- What people do with cases: the move behind an event, the clocks, and who was sent.
-- Portable to DuckLake: no primary keys, sequences, indexes or unique constraints (ADR 0002).
-- The comment behind a column is its documentation: docs/tables.md is generated from it.

alter table case_event add column if not exists action varchar; -- The move that made the event: a code of rules/vocabulary.py CASE_ACTIONS, or undo; null where no person moved the case.
alter table case_event add column if not exists source_status varchar; -- What the source last said of the status once people move the case here; their word holds (ADR 0019).
alter table case_event add column if not exists clock_started_at timestamptz; -- When the whole-case clock began, UTC: the report, or the reopening; null until a person has moved the case.
alter table case_event add column if not exists clock_pauses varchar; -- When that clock stood still: JSON list of [start, end], UTC; the end is null while it does.
alter table case_event add column if not exists clock_extensions varchar; -- Later deadlines granted: JSON list of [granted, until], UTC.
alter table case_event add column if not exists deadline_provisional boolean; -- True while a calendar update may still move deadline_at.
alter table case_event add column if not exists step_started_at timestamptz; -- When the present step began, UTC; null until a person has moved the case.
alter table case_event add column if not exists step_deadline_at timestamptz; -- When the present step is due, UTC; null where it has no limit of its own.
alter table case_event add column if not exists suspended_from varchar; -- State it was suspended in and resumes to.
alter table case_event add column if not exists report_check varchar; -- Last answer to whether the report is real: a code of REPORT_CHECKS.
alter table case_event add column if not exists verification varchar; -- Answer to whether it is done, since the last feedback: a code of VERIFICATIONS.
alter table case_event add column if not exists asked_action varchar; -- What waits for an approver: suspend, extend, cancel or reopen.
alter table case_event add column if not exists asked_actor varchar; -- Who asked for it.
alter table case_event add column if not exists asked_worker_id varchar; -- The worker behind the asking account, where known.
alter table case_event add column if not exists asked_deadline_at timestamptz; -- The later deadline asked for, UTC.
alter table case_event add column if not exists responded_at timestamptz; -- When it was first accepted or answered, UTC.
alter table case_event add column if not exists called_back_at timestamptz; -- When the reporter was last called back, UTC.
alter table case_event add column if not exists reached boolean; -- True where the reporter was reached then.
alter table case_event add column if not exists rating integer; -- Stars the reporter gave, 1 to 5.
alter table case_event add column if not exists supervision varchar; -- Why it is supervised: a code of SUPERVISIONS.
alter table case_event add column if not exists supervised_at timestamptz; -- When it was last supervised, UTC.
alter table case_event add column if not exists rework_count integer; -- How often it was sent to rework; null counts as never.
alter table case_event add column if not exists return_count integer; -- How often responders returned it; null counts as never.
alter table case_event add column if not exists merged_into varchar; -- Case that is followed instead of this one.

alter table case_now add column if not exists action varchar; -- The move that made the event: a code of rules/vocabulary.py CASE_ACTIONS, or undo; null where no person moved the case.
alter table case_now add column if not exists source_status varchar; -- What the source last said of the status once people move the case here; their word holds (ADR 0019).
alter table case_now add column if not exists clock_started_at timestamptz; -- When the whole-case clock began, UTC: the report, or the reopening; null until a person has moved the case.
alter table case_now add column if not exists clock_pauses varchar; -- When that clock stood still: JSON list of [start, end], UTC; the end is null while it does.
alter table case_now add column if not exists clock_extensions varchar; -- Later deadlines granted: JSON list of [granted, until], UTC.
alter table case_now add column if not exists deadline_provisional boolean; -- True while a calendar update may still move deadline_at.
alter table case_now add column if not exists step_started_at timestamptz; -- When the present step began, UTC; null until a person has moved the case.
alter table case_now add column if not exists step_deadline_at timestamptz; -- When the present step is due, UTC; null where it has no limit of its own.
alter table case_now add column if not exists suspended_from varchar; -- State it was suspended in and resumes to.
alter table case_now add column if not exists report_check varchar; -- Last answer to whether the report is real: a code of REPORT_CHECKS.
alter table case_now add column if not exists verification varchar; -- Answer to whether it is done, since the last feedback: a code of VERIFICATIONS.
alter table case_now add column if not exists asked_action varchar; -- What waits for an approver: suspend, extend, cancel or reopen.
alter table case_now add column if not exists asked_actor varchar; -- Who asked for it.
alter table case_now add column if not exists asked_worker_id varchar; -- The worker behind the asking account, where known.
alter table case_now add column if not exists asked_deadline_at timestamptz; -- The later deadline asked for, UTC.
alter table case_now add column if not exists responded_at timestamptz; -- When it was first accepted or answered, UTC.
alter table case_now add column if not exists called_back_at timestamptz; -- When the reporter was last called back, UTC.
alter table case_now add column if not exists reached boolean; -- True where the reporter was reached then.
alter table case_now add column if not exists rating integer; -- Stars the reporter gave, 1 to 5.
alter table case_now add column if not exists supervision varchar; -- Why it is supervised: a code of SUPERVISIONS.
alter table case_now add column if not exists supervised_at timestamptz; -- When it was last supervised, UTC.
alter table case_now add column if not exists rework_count integer; -- How often it was sent to rework; null counts as never.
alter table case_now add column if not exists return_count integer; -- How often responders returned it; null counts as never.
alter table case_now add column if not exists merged_into varchar; -- Case that is followed instead of this one.

alter table case_text add column if not exists note varchar; -- What a person wrote with a move; never in the log.

create table if not exists task_event ( -- Who was sent to a case: one row per responder, with what became of it.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- The status the event led to.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    task_id varchar not null, -- Id of the task.
    case_id varchar, -- The case it is for; null where a plan made it.
    community_id varchar not null, -- Community it belongs to.
    assignee_kind varchar not null, -- worker or organisation.
    assignee_id varchar not null, -- Id of the worker or organisation sent.
    status varchar not null, -- sent, accepted, started, returned, finished or cancelled.
    sent_at timestamptz not null, -- When it was sent, UTC.
    due_at timestamptz, -- When it is due, UTC; null without a limit.
    responded_at timestamptz, -- When the responder first answered, UTC.
    finished_at timestamptz, -- When it ended, however it ended, UTC.
    reasons varchar, -- Why this responder: JSON list of codes.
    requested_by varchar not null -- Who sent them.
);
-- Current state: the last task_event row of each task_id (ADR 0003).
create table if not exists task_now as from task_event limit 0;
