-- Places of the one map and the devices and cameras standing at them.
-- Portable to DuckLake: no primary keys, sequences, indexes or unique constraints (ADR 0002).
-- The comment behind a column is its documentation: docs/tables.md is generated from it.

create table if not exists place_event ( -- Buildings, key places, facilities, and the roads, green and water of the plan.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- registered, changed, removed.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    place_id varchar not null, -- Id of the place.
    community_id varchar not null, -- Community it lies in.
    area_id varchar, -- Grid (or building area) it lies in.
    kind varchar not null, -- A code of rules/vocabulary.py PLACE_KINDS, e.g. building, hydrant, road.
    name_zh varchar, -- Name in Chinese.
    name_en varchar, -- Name in English.
    contact_role varchar, -- Role to call about it, a code of WORKER_KINDS; never a person's name.
    geometry varchar, -- GeoJSON geometry text in WGS-84; null for a bare point.
    lon double, -- A point on it, degrees east, WGS-84.
    lat double, -- A point on it, degrees north, WGS-84.
    source_crs varchar, -- WGS84, GCJ02 or BD09: the frame the raw value came in.
    raw_x double, -- Longitude as received.
    raw_y double, -- Latitude as received.
    accuracy_m double, -- Stated accuracy, metres.
    floors integer, -- Number of floors of a building.
    households integer, -- Number of homes in a building.
    attribution varchar, -- Credit line its licence asks for.
    source varchar not null, -- Name of the source that registered it.
    source_id varchar not null, -- The source's own id.
    source_version bigint, -- The source's version.
    content_hash varchar not null, -- Hash of the facts.
    removed_at timestamptz -- When it was taken out of use, UTC.
);
-- Current state: the last place_event row of each place_id (ADR 0003).
create table if not exists place_now as from place_event limit 0;

create table if not exists device_event ( -- Sensors, cameras, help posts, gates: things that report.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- registered, changed, removed.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    device_id varchar not null, -- Id of the device.
    community_id varchar not null, -- Community it stands in.
    area_id varchar, -- Grid it stands in.
    place_id varchar, -- Place it belongs to.
    kind varchar not null, -- A code of DEVICE_KINDS, e.g. camera, smoke, water_level.
    name_zh varchar not null, -- Name in Chinese, of the place and purpose.
    name_en varchar, -- Name in English.
    lon double, -- Degrees east, WGS-84.
    lat double, -- Degrees north, WGS-84.
    source_crs varchar, -- The frame the raw value came in.
    raw_x double, -- Longitude as received.
    raw_y double, -- Latitude as received.
    accuracy_m double, -- Stated accuracy, metres.
    heading_deg double, -- Direction a camera looks, degrees clockwise from north.
    state varchar not null, -- online, offline, fault or unknown.
    seen_at timestamptz, -- When it last reported, UTC.
    source varchar not null, -- Name of the source that registered it.
    source_id varchar not null, -- The source's own id.
    source_version bigint, -- The source's version.
    content_hash varchar not null, -- Hash of the facts.
    removed_at timestamptz -- When it was taken down, UTC.
);
-- Current state: the last device_event row of each device_id (ADR 0003).
create table if not exists device_now as from device_event limit 0;
