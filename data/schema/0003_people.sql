-- People at work and care recipients, without names.
-- Portable to DuckLake: no primary keys, sequences, indexes or unique constraints (ADR 0002).
-- The comment behind a column is its documentation: docs/tables.md is generated from it.

create table if not exists worker_event ( -- Grid workers, property crews, patrols: people at work, without names.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- registered, changed, removed.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    worker_id varchar not null, -- Id of the worker.
    community_id varchar not null, -- Community the worker serves.
    area_id varchar, -- Grid or zone the worker is responsible for.
    kind varchar not null, -- A code of WORKER_KINDS: grid_worker, property, patrol, volunteer.
    callsign varchar not null, -- Role and number used on the wall, never a name.
    on_duty boolean not null, -- True while on duty.
    source varchar not null, -- Name of the source that registered the worker.
    source_id varchar not null, -- The source's own id.
    source_version bigint, -- The source's version.
    content_hash varchar not null, -- Hash of the facts.
    removed_at timestamptz -- When the worker left, UTC.
);
-- Current state: the last worker_event row of each worker_id (ADR 0003).
create table if not exists worker_now as from worker_event limit 0;

create table if not exists worker_position ( -- The last position of each worker; replaced, never logged (DOMAIN R20).
    worker_id varchar not null, -- The worker.
    community_id varchar not null, -- Community the worker serves.
    lon double not null, -- Degrees east, WGS-84.
    lat double not null, -- Degrees north, WGS-84.
    source_crs varchar not null, -- The frame the raw value came in.
    raw_x double not null, -- Longitude as received.
    raw_y double not null, -- Latitude as received.
    accuracy_m double, -- Stated accuracy, metres.
    located_at timestamptz not null, -- When the position was taken, UTC.
    received_at timestamptz not null -- When it arrived, UTC.
);

create table if not exists care_recipient_event ( -- Residents with a visit cadence, by building; no name, category or door number.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- registered, changed, removed.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    care_recipient_id varchar not null, -- Opaque id.
    community_id varchar not null, -- Community of residence.
    place_id varchar not null, -- Building of residence.
    visit_every_days integer not null, -- Agreed cadence of visits, days.
    source varchar not null, -- Name of the source that registered the recipient.
    source_id varchar not null, -- The source's own id.
    source_version bigint, -- The source's version.
    content_hash varchar not null, -- Hash of the facts.
    removed_at timestamptz -- When care ended, UTC.
);
-- Current state: the last care_recipient_event row of each care_recipient_id (ADR 0003).
create table if not exists care_recipient_now as from care_recipient_event limit 0;
