-- Pictures kept from just before an alarm, and the cameras named for it; the pictures lie sealed beside.
-- Portable to DuckLake: no primary keys, sequences, indexes or unique constraints (ADR 0002).
-- The comment behind a column is its documentation: docs/tables.md is generated from it.

alter table camera_event add column if not exists pre_event boolean; -- Whether its last seconds are held in memory and kept with an alarm nearby (ADR 0032); null where nobody said.
alter table camera_now add column if not exists pre_event boolean;

create table if not exists alarm_strip_event ( -- Pictures of one camera from just before an alarm (ADR 0032): facts; the pictures are sealed files.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- kept.
    happened_at timestamptz not null, -- When they were kept, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    strip_id varchar not null, -- Id of the strip; its file is sealed under a key of its own.
    alarm_id varchar not null, -- The alarm.
    community_id varchar not null, -- Community it is in.
    device_id varchar not null, -- The camera.
    first_at timestamptz not null, -- When the first picture was taken, UTC.
    last_at timestamptz not null, -- When the last one was, UTC.
    pictures integer not null, -- How many.
    moments varchar not null, -- When each was taken, in order: JSON list of Unix milliseconds.
    size_bytes bigint not null, -- All pictures together, bytes.
    sha256 varchar not null -- Of the file before it was sealed.
);
-- Current state: the last alarm_strip_event row of each strip_id (ADR 0003).
create table if not exists alarm_strip_now as from alarm_strip_event limit 0;
