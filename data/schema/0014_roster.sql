-- The duty roster: teams and who belongs to them, shifts and who keeps them, absences and stand-ins;
-- and what was sent with one click. Portable to DuckLake: no keys, sequences, indexes (ADR 0002).
-- The comment behind a column is its documentation: docs/tables.md is generated from it.

alter table worker_event add column if not exists organisation_id varchar; -- Organisation the worker belongs to, where it is not the community's own.
alter table worker_now add column if not exists organisation_id varchar; -- Organisation the worker belongs to, where it is not the community's own.

create table if not exists team_event ( -- Teams that share shifts: grid workers, property crews, patrols, volunteers, partner units.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- registered, changed, removed.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    team_id varchar not null, -- Id of the team.
    community_id varchar not null, -- Community it serves.
    kind varchar not null, -- A code of TEAM_KINDS: grid, property, patrol, volunteer, partner.
    name_zh varchar not null, -- Name in Chinese.
    name_en varchar, -- Name in English.
    organisation_id varchar, -- Organisation it belongs to, where it is not the community's own.
    removed_at timestamptz -- When it was taken out of use, UTC.
);
-- Current state: the last team_event row of each team_id (ADR 0003).
create table if not exists team_now as from team_event limit 0;

create table if not exists team_member_event ( -- Who belongs to which team.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- joined, left.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    team_member_id varchar not null, -- Id of the membership.
    community_id varchar not null, -- Community of the team.
    team_id varchar not null, -- The team.
    worker_id varchar not null, -- The worker.
    removed_at timestamptz -- When the worker left the team, UTC.
);
-- Current state: the last team_member_event row of each team_member_id (ADR 0003).
create table if not exists team_member_now as from team_member_event limit 0;

create table if not exists shift_event ( -- Duties that come again, in local time of the community.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- registered, changed, removed.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    shift_id varchar not null, -- Id of the shift.
    community_id varchar not null, -- Community of the team.
    team_id varchar not null, -- Team that keeps it.
    starts varchar not null, -- Local time of day it begins, HH:MM.
    ends varchar not null, -- Local time of day it ends, HH:MM; at or before starts it is the next day's.
    first_on date not null, -- First local date it can begin on.
    last_on date, -- Last one; null without an end.
    weekdays varchar not null, -- Weekdays it can begin on, Monday = 1: e.g. 1234567.
    days varchar not null, -- everyday, workday or restday by the community's calendar.
    every_days integer not null, -- 1 for each such day; 3 for one day on and two off, from first_on.
    removed_at timestamptz -- When it was taken out of use, UTC.
);
-- Current state: the last shift_event row of each shift_id (ADR 0003).
create table if not exists shift_now as from shift_event limit 0;

create table if not exists assignment_event ( -- Who keeps which shift.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- assigned, changed, removed.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    assignment_id varchar not null, -- Id of the assignment.
    community_id varchar not null, -- Community of the shift.
    shift_id varchar not null, -- The shift.
    worker_id varchar not null, -- The worker who keeps it.
    first_on date not null, -- First local date, by the begin of the shift.
    last_on date, -- Last one; null without an end.
    removed_at timestamptz -- When it was taken back, UTC.
);
-- Current state: the last assignment_event row of each assignment_id (ADR 0003).
create table if not exists assignment_now as from assignment_event limit 0;

create table if not exists absence_event ( -- When somebody is away and who stands in; never why.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- registered, changed, removed.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    absence_id varchar not null, -- Id of the absence.
    community_id varchar not null, -- Community of the worker.
    worker_id varchar not null, -- Who is away.
    start_at timestamptz not null, -- When it begins, UTC.
    end_at timestamptz not null, -- When it ends, UTC.
    stand_in_id varchar, -- Worker who takes over; null where nobody does yet.
    removed_at timestamptz -- When it was taken back, UTC.
);
-- Current state: the last absence_event row of each absence_id (ADR 0003).
create table if not exists absence_now as from absence_event limit 0;

create table if not exists dispatch_event ( -- What was sent with one confirmation: to which case, whom, what was missing.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- sent.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who confirmed it.
    dispatch_id varchar not null, -- Id of the dispatch.
    community_id varchar not null, -- Community of the case.
    case_id varchar not null, -- The case.
    case_event_id varchar not null, -- The event of the case it led to.
    request_key varchar not null, -- Key the sender gave it: the same key is sent once.
    assignee_ids varchar[] not null, -- Workers and organisations sent.
    recommended_ids varchar[] not null, -- Whom the program had recommended.
    gaps varchar[] not null -- What was missing: kind:code of rules/vocabulary.py DISPATCH_GAPS.
);
-- Current state: the last dispatch_event row of each dispatch_id (ADR 0003).
create table if not exists dispatch_now as from dispatch_event limit 0;
