-- Communities and the area hierarchy.
-- Portable to DuckLake: no primary keys, sequences, indexes or unique constraints (ADR 0002).
-- The comment behind a column is its documentation: docs/tables.md is generated from it.

create table if not exists community_event ( -- A community that runs its day from one wall; one row per change.
    event_id varchar not null, -- Time-ordered id of this event (UUIDv7 as text), made by the writer.
    event_kind varchar not null, -- What happened: registered, changed, removed.
    happened_at timestamptz not null, -- When it happened in the world, UTC.
    recorded_at timestamptz not null, -- When the writer recorded it, UTC.
    actor varchar not null, -- Who or what caused it: source:<name>, cli, officer:<id>.
    community_id varchar not null, -- Short lower-case name chosen by people, e.g. demo.
    area_id varchar, -- The area of level `community` it covers, where registered.
    name_zh varchar not null, -- Name in Chinese.
    name_en varchar, -- Name in English.
    timezone varchar not null, -- IANA zone in which its working hours and pages are read.
    is_demo boolean not null, -- True where everything in it is generated.
    households integer, -- Number of households, as published.
    residents integer, -- Number of residents, as published.
    lon double, -- Centre, degrees east, WGS-84.
    lat double, -- Centre, degrees north, WGS-84.
    removed_at timestamptz -- When it was taken out of use, UTC.
);
-- Current state: the last community_event row of each community_id (ADR 0003).
create table if not exists community_now as from community_event limit 0;

create table if not exists area_event ( -- City, district, sub-district, community, zone, grid, building, unit: the area hierarchy.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- registered, changed, removed.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    area_id varchar not null, -- Id of the area.
    community_id varchar not null, -- Community whose register holds this area.
    parent_id varchar, -- Area above it.
    level varchar not null, -- city, district, subdistrict, community, zone, grid, estate, building, unit.
    code varchar, -- Official code where one exists, e.g. 12 digits for a community.
    name_zh varchar not null, -- Name in Chinese.
    name_en varchar, -- Name in English.
    leader_worker_id varchar, -- Worker who leads it (grid leader, building leader).
    geometry varchar, -- GeoJSON geometry text (Polygon or MultiPolygon), WGS-84.
    lon double, -- A point inside it, degrees east, WGS-84.
    lat double, -- A point inside it, degrees north, WGS-84.
    households integer, -- Number of households.
    residents integer, -- Number of residents.
    source varchar not null, -- Name of the source that registered it.
    source_id varchar not null, -- The source's own id.
    source_version bigint, -- The source's version, where it keeps one.
    content_hash varchar not null, -- Hash of the facts, to see whether a repeat changes anything.
    removed_at timestamptz -- When it was taken out of use, UTC.
);
-- Current state: the last area_event row of each area_id (ADR 0003).
create table if not exists area_now as from area_event limit 0;
