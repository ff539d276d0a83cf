-- Setting up a community: organisations, contacts, what was reviewed, and every step of a person.
-- Portable to DuckLake: no primary keys, sequences, indexes or unique constraints (ADR 0002).
-- The comment behind a column is its documentation: docs/tables.md is generated from it.

create table if not exists organisation_event ( -- Property companies, street posts, partner units, volunteer teams: who a community works with.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- registered, changed, removed, restored.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    organisation_id varchar not null, -- Id of the organisation.
    community_id varchar not null, -- Community it works for.
    kind varchar not null, -- A code of rules/vocabulary.py ORGANISATION_KINDS, e.g. property_company.
    name_zh varchar not null, -- Name in Chinese.
    name_en varchar, -- Name in English.
    removed_at timestamptz -- When it was taken out of use, UTC.
);
-- Current state: the last organisation_event row of each organisation_id (ADR 0003).
create table if not exists organisation_now as from organisation_event limit 0;

create table if not exists contact_event ( -- Posts to call, by service; numbers lie sealed in contact_number.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- registered, changed, removed, restored.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    contact_id varchar not null, -- Id of the contact; its numbers are sealed under a key of this name.
    community_id varchar not null, -- Community it serves.
    organisation_id varchar, -- Organisation it belongs to.
    post_zh varchar not null, -- The post in Chinese, e.g. the duty engineer; never a person's name.
    post_en varchar, -- The post in English.
    services varchar[] not null, -- Codes of rules/vocabulary.py SERVICES it answers for, e.g. lift, water.
    work_days varchar not null, -- workday or everyday: the days its working hours are kept.
    work_from varchar not null, -- Begin of its working hours, local HH:MM.
    work_until varchar not null, -- End of its working hours, local HH:MM.
    work_number_id varchar, -- Number in working hours: a row of contact_number; null without one.
    after_number_id varchar, -- Number after hours: a row of contact_number; null without one.
    source varchar not null, -- Name of the source that registered it; manual where somebody did.
    source_id varchar not null, -- The source's own id.
    content_hash varchar not null, -- Keyed hash of the row as received: numbers could be guessed from a plain one.
    removed_at timestamptz -- When it was taken out of use, UTC.
);
-- Current state: the last contact_event row of each contact_id (ADR 0003).
create table if not exists contact_now as from contact_event limit 0;

create table if not exists contact_number ( -- Telephone numbers of contacts, sealed; replaced ones stay while the step can be undone.
    number_id varchar not null, -- Id of this number.
    contact_id varchar not null, -- The contact.
    community_id varchar not null, -- Community of the contact.
    sealed varchar not null, -- The number, AES-256-GCM under the contact's own key.
    sealed_at timestamptz not null -- When it was given, UTC.
);

create table if not exists acknowledgement_event ( -- What somebody has looked through and found right, e.g. the default time limits.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- registered, changed, removed, restored.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    acknowledgement_id varchar not null, -- Community and topic, e.g. shiliu/time_limits.
    community_id varchar not null, -- The community.
    topic varchar not null, -- What was reviewed: time_limits.
    reviewed varchar not null, -- Hash of what was reviewed, so that a later change asks anew.
    removed_at timestamptz -- When it was taken back, UTC.
);
-- Current state: the last acknowledgement_event row of each acknowledgement_id (ADR 0003).
create table if not exists acknowledgement_now as from acknowledgement_event limit 0;

create table if not exists setup_change ( -- One row per object that a step of setting up has changed; append-only, for the list of changes and undo.
    change_id varchar not null, -- Time-ordered id of the step; rows of one step share it.
    position integer not null, -- Order within the step, from 0.
    changed_at timestamptz not null, -- When, UTC.
    actor varchar not null, -- Who.
    community_id varchar not null, -- The community.
    step varchar not null, -- registered, changed, moved, removed or undone.
    noun varchar not null, -- area, place, device, worker, organisation, contact, community or acknowledgement.
    object_id varchar not null, -- Id of the object.
    kind varchar, -- Its level or kind, for the list.
    name varchar, -- Its name after the step, never a person's.
    event_id varchar not null, -- The event the step wrote.
    before_event_id varchar, -- The event that held the state before; null where the object was made.
    undoes varchar -- The change_id that this step undid.
);
