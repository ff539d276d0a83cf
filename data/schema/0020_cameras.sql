-- Records of cameras, their sealed addresses, and the register of who watched which.
-- Portable to DuckLake: no primary keys, sequences, indexes or unique constraints (ADR 0002).
-- The comment behind a column is its documentation: docs/tables.md is generated from it.

create table if not exists camera_event ( -- Records of cameras beside their device: source, field of view, law; never an address.
    event_id varchar not null, -- Time-ordered id of this event; the version a form was made from.
    event_kind varchar not null, -- registered, changed or removed.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    device_id varchar not null, -- The device this is the record of.
    community_id varchar not null, -- Community it stands in.
    kind varchar not null, -- How it is read: a code of SOURCE_KINDS, e.g. rtsp.
    scheme varchar not null, -- What may be shown of the address: its scheme, or file or phone.
    secret_id varchar, -- Key its address, name and password are sealed under; null for a phone.
    gb_id varchar, -- Its code on a GB/T 28181 platform: 20 digits.
    fov_deg double, -- Horizontal field of view, degrees.
    range_m double, -- How far it is of use, metres.
    legal_class varchar not null, -- art7, art9 or art33 of regulation 799.
    site varchar not null, -- Kind of place it looks at: a code of SITES.
    sign_posted boolean not null, -- Whether a sign says that it is there (art. 13).
    owner varchar, -- Who manages it: a unit, never a person.
    retention_days integer not null, -- Days its recorder keeps pictures; nothing is recorded here.
    filed_with_police boolean not null, -- Whether it is filed (art. 14).
    source varchar not null, -- Name of the source that registered it.
    content_hash varchar not null, -- Keyed hash of an imported row, its address included.
    removed_at timestamptz -- When it was taken down, UTC; its address is destroyed then.
);
-- Current state: the last camera_event row of each device_id (ADR 0003).
create table if not exists camera_now as from camera_event limit 0;

create table if not exists camera_secret ( -- Addresses, names and passwords of cameras; apart from the log and sealed.
    secret_id varchar not null, -- The key they are sealed under; a changed address gets a new one.
    device_id varchar not null, -- The camera.
    part varchar not null, -- address, user or password.
    sealed varchar not null, -- The value, AES-256-GCM (ADR 0012).
    written_at timestamptz not null -- When, UTC.
);

create table if not exists camera_viewing_event ( -- Call register: who watched which camera, when, for how long and why; no picture.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- begun or ended.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who caused it.
    viewing_id varchar not null, -- Id of the viewing; its reason is a sealed note of this owner.
    community_id varchar not null, -- Community it belongs to.
    device_id varchar not null, -- The camera.
    mode varchar not null, -- single; wall: all glances of a mosaic within an hour added up; kept: pictures kept with an alarm.
    viewer varchar not null, -- Who watched, as the logs name it: account:<id> or kiosk:<id>.
    viewer_role varchar not null, -- In which role.
    purpose varchar, -- Why: a code of VIEW_PURPOSES; null for a mosaic.
    approval_id varchar, -- The second person's confirmation, where one is needed.
    started_at timestamptz not null, -- When it began, UTC.
    ended_at timestamptz, -- When it ended, UTC; null while it lasts.
    seconds double, -- How long the camera was on the screen, seconds; null while it lasts or where lost.
    glances integer, -- How often it came up; 1 for a single viewing.
    outcome varchar -- closed, refused (by the second person) or lost (the program stopped); null while it lasts.
);
-- Current state: the last camera_viewing_event row of each viewing_id (ADR 0003).
create table if not exists camera_viewing_now as from camera_viewing_event limit 0;
