-- Cases with their events and texts, and notices.
-- Portable to DuckLake: no primary keys, sequences, indexes or unique constraints (ADR 0002).
-- The comment behind a column is its documentation: docs/tables.md is generated from it.

create table if not exists case_event ( -- Everything that happens to a case; each row carries the facts after it.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- reported, status, changed; moved where a person did it, joined where another case was merged in, task_accepted, task_started, task_returned, task_finished where a responder said so.
    happened_at timestamptz not null, -- When it happened in the world, UTC.
    recorded_at timestamptz not null, -- When the writer recorded it, UTC.
    actor varchar not null, -- Who or what caused it.
    case_id varchar not null, -- Id of the case.
    community_id varchar not null, -- Community it belongs to.
    status varchar not null, -- A code of CASE_STATUSES.
    category varchar not null, -- Category code, or the source's own word for it.
    urgency varchar not null, -- urgent, hazard or ordinary: the case-urgency scale (its own, neutral icons).
    channel varchar, -- How it came in: a code of CHANNELS or the source's own word.
    place_id varchar, -- Place it is about, where known.
    area_id varchar, -- Grid it lies in, where known.
    locality varchar, -- Public name of where it is, at most down to the building.
    lon double, -- Degrees east, WGS-84.
    lat double, -- Degrees north, WGS-84.
    source_crs varchar, -- The frame the raw value came in.
    raw_x double, -- Longitude as received.
    raw_y double, -- Latitude as received.
    accuracy_m double, -- Stated accuracy, metres.
    location_flag varchar, -- default_location where the source put it on its default point; never a hotspot.
    reported_at timestamptz not null, -- When it was reported, UTC.
    deadline_at timestamptz, -- When it is due, UTC; null means no limit.
    limit_value double, -- Length of the limit in units of limit_kind, where known.
    limit_kind varchar, -- urgent_hour, natural_day, work_hour, work_day, or source where the source set the date.
    closed_at timestamptz, -- When it was closed, UTC.
    outcome varchar, -- solved, explained or helped.
    source_flag varchar, -- The source's own verdict on its deadline, as received.
    source varchar not null, -- Name of the source that reported it.
    source_id varchar not null, -- The source's own id.
    source_version bigint, -- The source's version.
    content_hash varchar not null -- Hash of the facts as the source gave them.
);
-- Current state: the last case_event row of each case_id (ADR 0003).
create table if not exists case_now as from case_event limit 0;

create table if not exists case_text ( -- Free text of a case, apart from the log so that it can be forgotten.
    event_id varchar not null, -- Event that brought it.
    case_id varchar not null, -- The case.
    community_id varchar not null, -- Community it belongs to.
    title varchar, -- Title as reported.
    description varchar, -- Description as reported.
    address varchar -- Address as reported; may name a door, so never on the wall.
);

create table if not exists notice_event ( -- Notices to show on the wall: water cut, fair, meeting.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- registered, changed, removed.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    notice_id varchar not null, -- Id of the notice.
    community_id varchar not null, -- Community it is for.
    kind varchar not null, -- A code of NOTICE_KINDS.
    title_zh varchar not null, -- Text in Chinese.
    title_en varchar, -- Text in English.
    published_at timestamptz not null, -- From when it is shown, UTC.
    expires_at timestamptz, -- Until when it is shown, UTC.
    source varchar not null, -- Name of the source that published it.
    source_id varchar not null, -- The source's own id.
    source_version bigint, -- The source's version.
    content_hash varchar not null, -- Hash of the facts.
    removed_at timestamptz -- When it was withdrawn, UTC.
);
-- Current state: the last notice_event row of each notice_id (ADR 0003).
create table if not exists notice_now as from notice_event limit 0;
