-- How available each camera was, by local day: a measurement that is added up, no history of events.
-- Portable to DuckLake: no primary keys, sequences, indexes or unique constraints (ADR 0002).
-- The comment behind a column is its documentation: docs/tables.md is generated from it.

create table if not exists camera_day ( -- Seconds each camera was looked at on a day and how it was found; one row each, added to, never logged.
    device_id varchar not null, -- The camera.
    community_id varchar not null, -- Community it stands in.
    day date not null, -- Day in the community's zone.
    live_s double not null, -- Seconds with a true picture: live, late or perhaps frozen.
    stalled_s double not null, -- Seconds without a new picture.
    frozen_s double not null, -- Seconds with the same picture again and again.
    hidden_s double not null, -- Seconds with a picture that is black, covered or blurred.
    moved_s double not null, -- Seconds with a picture of something else than before.
    refused_s double not null, -- Seconds in which it could not be connected.
    written_at timestamptz not null -- When something was last added, UTC.
);
