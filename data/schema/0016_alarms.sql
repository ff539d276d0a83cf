-- Alarms of devices and people, and for which of them the sound is silenced for a while.
-- Portable to DuckLake: no primary keys, sequences, indexes or unique constraints (ADR 0002).
-- The comment behind a column is its documentation: docs/tables.md is generated from it.

create table if not exists alarm_event ( -- What became of an alarm: each row is its whole state after one signal or one deed (ADR 0022).
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- raised, repeated, graver, cleared, acknowledged, reset, closed or linked.
    happened_at timestamptz not null, -- When it happened, UTC; of a signal, the moment of the condition.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    alarm_id varchar not null, -- Id of the alarm.
    community_id varchar not null, -- Community it is in.
    device_id varchar not null, -- Id of the registered device; of an unknown one its sender and the sender's name for it; case:<id> where a case raised it; hand:<place or -> where a person did.
    device_known boolean not null, -- True where device_id is a device of the register.
    kind varchar not null, -- A code of rules/alarm_kinds.py ALARM_KINDS.
    urgency varchar not null, -- A code of URGENCIES: the greatest of its signals.
    place_id varchar, -- Place, as first known.
    area_id varchar, -- Grid, as first known.
    first_at timestamptz not null, -- Moment of the first signal, UTC.
    last_at timestamptz not null, -- Moment of the latest, UTC.
    signals integer not null, -- How many signals it stands for.
    alert_at timestamptz not null, -- From when its escalation counts, UTC: the first signal, or the one that made it graver.
    acknowledged_at timestamptz, -- When somebody took it, UTC; null while nobody has.
    acknowledged_by varchar, -- Who did.
    cleared_at timestamptz, -- When the condition ended, UTC; null while it is active.
    closed_at timestamptz, -- When a person closed it, UTC.
    closed_by varchar, -- Who did.
    verdict varchar, -- real, false or test, once it is closed.
    case_id varchar, -- The case made of it, or the case that raised it.
    source varchar not null, -- Who reported it: http:<key>, desk, case or the name of a source.
    version varchar not null -- Id of the last event that changed more than the count: what a move names as seen.
);
-- Current state: the last alarm_event row of each alarm_id (ADR 0003).
create table if not exists alarm_now as from alarm_event limit 0;

create table if not exists alarm_shelf_event ( -- That alarms of one device and kind make no sound until a moment; why is a sealed note.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- shelved or ended.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who did it.
    shelf_id varchar not null, -- Id of the shelf.
    community_id varchar not null, -- Community it is in.
    device_id varchar not null, -- Device of the alarms, as in alarm_event.
    kind varchar not null, -- Kind of the alarms.
    start_at timestamptz not null, -- From when, UTC.
    until_at timestamptz not null, -- Until when, UTC; a shelf always ends.
    ended_at timestamptz, -- When a person ended it before that, UTC.
    ended_by varchar -- Who did.
);
-- Current state: the last alarm_shelf_event row of each shelf_id (ADR 0003).
create table if not exists alarm_shelf_now as from alarm_shelf_event limit 0;
