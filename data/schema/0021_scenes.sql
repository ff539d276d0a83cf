-- Scenes drawn on the pictures of cameras: what is watched where, and when. No picture is kept.
-- Portable to DuckLake: no primary keys, sequences, indexes or unique constraints (ADR 0002).
-- The comment behind a column is its documentation: docs/tables.md is generated from it.

create table if not exists scene_event ( -- Scenes drawn on a camera's picture (ADR 0030).
    event_id varchar not null, -- Time-ordered id of this event; the version a form was made from.
    event_kind varchar not null, -- drawn, changed or removed.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who caused it.
    scene_id varchar not null, -- Id of the scene.
    community_id varchar not null, -- Community its camera stands in.
    device_id varchar not null, -- The camera whose picture it is drawn on.
    name varchar not null, -- What people call it, e.g. the lane by building 3.
    kind varchar not null, -- occupancy, crossing, night or water.
    points varchar not null, -- Corners of the zone or ends of the line, fractions of the picture: JSON [[x, y], …].
    direction varchar not null, -- Which way over a line counts: any, to_left or to_right.
    open_minute integer, -- First minute of the local day in which it is watched; null for always.
    close_minute integer, -- The minute from which it is not watched any more, at most 1440; null for always.
    seconds double not null, -- How long a thing must stand still, or water lie, until it counts, seconds.
    sensitivity double not null, -- 0 for large and clear things only, 1 for small ones.
    removed_at timestamptz -- When it was taken away, UTC.
);
-- Current state: the last scene_event row of each scene_id (ADR 0003).
create table if not exists scene_now as from scene_event limit 0;
