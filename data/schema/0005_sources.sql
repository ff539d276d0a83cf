-- Keys of other software, what each source did, and rows set aside.
-- Portable to DuckLake: no primary keys, sequences, indexes or unique constraints (ADR 0002).
-- The comment behind a column is its documentation: docs/tables.md is generated from it.

create table if not exists api_key_event ( -- Keys of other software: made, used from, revoked.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- created, revoked.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    api_key_id varchar not null, -- Public part of the key.
    community_id varchar not null, -- The one community it opens.
    role varchar not null, -- A code of rules/privacy.py ROLES.
    label varchar, -- What it is for.
    secret_hash varchar not null, -- SHA-256 of the 256-bit random secret; the secret itself is shown once.
    revoked_at timestamptz -- When it was revoked, UTC.
);
-- Current state: the last api_key_event row of each api_key_id (ADR 0003).
create table if not exists api_key_now as from api_key_event limit 0;

create table if not exists source_event ( -- What each ingest source did: totals after each report.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- started, batch, failed, stopped.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    source varchar not null, -- Name of the source.
    community_id varchar not null, -- Community it fills.
    accepted bigint not null, -- Rows taken since the first start.
    quarantined bigint not null, -- Rows quarantined since the first start.
    good_at timestamptz, -- When its last good row was recorded, UTC.
    error varchar -- Code of the last failure, null while well.
);
-- Current state: the last source_event row of each source, community_id (ADR 0003).
create table if not exists source_now as from source_event limit 0;

create table if not exists quarantine ( -- Rows that could not be taken, with the reason; append-only.
    quarantine_id varchar not null, -- Time-ordered id.
    recorded_at timestamptz not null, -- When it was set aside, UTC.
    community_id varchar not null, -- Community it was meant for.
    source varchar not null, -- Source it came from.
    kind varchar not null, -- What it should have become: cases, places, ...
    file varchar, -- File name, without folders.
    row_number bigint, -- Row in the file or position in the batch, from 1; the header is row 1 of a table.
    code varchar not null, -- Reason code of rules/errors.py.
    field varchar, -- Field at fault.
    message varchar not null, -- What is wrong, in English.
    row_hash varchar not null, -- Hash of the raw row, so that a repeat is not listed twice.
    raw varchar not null -- The row as received, cut at 2,000 characters.
);
