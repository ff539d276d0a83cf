-- What alarms of scenes were found by: method, parameters, confidence and a small sealed picture.
-- Portable to DuckLake: no primary keys, sequences, indexes or unique constraints (ADR 0002).
-- The comment behind a column is its documentation: docs/tables.md is generated from it.

create table if not exists detection ( -- Detections of scenes beside the alarms they raised (ADR 0030); never changed, gone after 30 days.
    detection_id varchar not null, -- Id of the detection: the same for the same alarm, scene and moment.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    community_id varchar not null, -- Community its camera stands in.
    alarm_id varchar not null, -- The alarm it raised or repeated.
    scene_id varchar not null, -- The scene that found it.
    device_id varchar not null, -- The camera.
    finding varchar not null, -- obstruction, crossing, motion or water; never a kind of vehicle or of person.
    found_at timestamptz not null, -- When it began, UTC.
    method varchar not null, -- Name and version of the method.
    parameters varchar not null, -- What the method was set to: JSON of names and numbers.
    confidence double not null, -- 0 to 1, how far above the thresholds; not a probability.
    thing varchar, -- What the operator's model says it is, a code of rules/detections.py THINGS; null without one.
    thing_confidence double, -- As that model says, 0 to 1.
    width integer, -- Of the picture, pixels; null without one.
    height integer, -- Of the picture, pixels.
    sealed varchar -- The grey JPEG in base64, AES-256-GCM under a key of its own (ADR 0012); null without one.
);
