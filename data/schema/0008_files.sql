-- Files of people, homes, firms and buildings, consents, and the sealed values of all of them.
-- Portable to DuckLake: no primary keys, sequences, indexes or unique constraints (ADR 0002).
-- The comment behind a column is its documentation: docs/tables.md is generated from it.

create table if not exists person_event ( -- Files of residents: ids, facts and which fields changed; never a value about the person (ADR 0016).
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- registered, changed, moved_out, erased.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    person_id varchar not null, -- Opaque id; the key its values are sealed under has the same name.
    community_id varchar not null, -- Community of residence.
    household_id varchar, -- Household it belongs to.
    place_id varchar, -- Building of residence.
    area_id varchar, -- Grid of that building.
    residence varchar, -- own, rent or lodge.
    fields_changed varchar[], -- Names of the fields this event wrote or removed.
    completeness double, -- Share of the expected fields that have a value, 0 to 1 (rules/fields.py).
    source varchar not null, -- Name of the source that registered the person; manual for the page.
    source_id varchar not null, -- Keyed hash of the source's own id, which may be an identity number.
    source_version bigint, -- The source's version.
    content_hash varchar not null, -- Keyed hash of what the source said, to see whether a repeat changes anything.
    removed_at timestamptz -- When the person moved out or was erased, UTC.
);
-- Current state: the last person_event row of each person_id (ADR 0003).
create table if not exists person_now as from person_event limit 0;

create table if not exists household_event ( -- Homes and who lives in them together; members point to it.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- registered, changed, left, erased.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    household_id varchar not null, -- Opaque id.
    community_id varchar not null, -- Community it lies in.
    place_id varchar, -- Building.
    area_id varchar, -- Grid of that building.
    fields_changed varchar[], -- Names of the fields this event wrote or removed.
    completeness double, -- Share of the expected fields that have a value, 0 to 1.
    source varchar not null, -- Name of the source that registered it.
    source_id varchar not null, -- Keyed hash of the source's own id, which may be a door number.
    source_version bigint, -- The source's version.
    content_hash varchar not null, -- Keyed hash of what the source said.
    removed_at timestamptz -- When the home was given up or erased, UTC.
);
-- Current state: the last household_event row of each household_id (ADR 0003).
create table if not exists household_now as from household_event limit 0;

create table if not exists enterprise_event ( -- Firms, shops and offices: what the public register says, and which fields changed.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- registered, changed, left, erased.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    enterprise_id varchar not null, -- Opaque id.
    community_id varchar not null, -- Community it works in.
    name_zh varchar, -- Registered name, public.
    credit_code varchar, -- Unified social credit code (GB 32100), public.
    industry varchar, -- Line of business, public.
    place_id varchar, -- Building.
    area_id varchar, -- Grid of that building.
    fields_changed varchar[], -- Names of the fields this event wrote or removed.
    completeness double, -- Share of the expected fields that have a value, 0 to 1.
    source varchar not null, -- Name of the source that registered it.
    source_id varchar not null, -- Keyed hash of the source's own id.
    source_version bigint, -- The source's version.
    content_hash varchar not null, -- Keyed hash of what the source said.
    removed_at timestamptz -- When it left or was erased, UTC.
);
-- Current state: the last enterprise_event row of each enterprise_id (ADR 0003).
create table if not exists enterprise_now as from enterprise_event limit 0;

create table if not exists building_file_event ( -- Facts of a building for its file; nothing about people.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- registered, changed, removed.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    building_file_id varchar not null, -- Id of the file.
    community_id varchar not null, -- Community it lies in.
    place_id varchar not null, -- The building on the map.
    built_year integer, -- Year it was finished.
    floors_above integer, -- Floors above ground.
    floors_below integer, -- Floors below ground.
    lifts integer, -- Number of lifts.
    units integer, -- Number of stairwells.
    structure varchar, -- brick_wood, brick_concrete, frame, shear_wall, steel, other.
    property_company varchar, -- Name of the property company.
    source varchar not null, -- Name of the source that registered it.
    source_id varchar not null, -- The source's own id.
    source_version bigint, -- The source's version.
    content_hash varchar not null, -- Hash of the facts.
    removed_at timestamptz -- When the building was taken down, UTC.
);
-- Current state: the last building_file_event row of each building_file_id (ADR 0003).
create table if not exists building_file_now as from building_file_event limit 0;

create table if not exists consent_event ( -- What a person or guardian agreed to and withdrew; codes only.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- given, changed, withdrawn.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who recorded it.
    consent_id varchar not null, -- Id of the consent.
    community_id varchar not null, -- Community that asked for it.
    person_id varchar not null, -- Whose data it is about.
    purpose varchar not null, -- A code of CONSENT_PURPOSES: contact, care_service, minor_file.
    given_by varchar not null, -- self or guardian.
    form varchar not null, -- paper, online or oral.
    given_on date not null, -- Local day it was given.
    withdrawn_on date, -- Local day it was withdrawn; null while it holds.
    paper_ref varchar, -- Number under which the signed sheet is filed; no names.
    source varchar not null, -- Name of the source that registered it.
    source_id varchar not null, -- Keyed hash of the source's own id.
    source_version bigint, -- The source's version.
    content_hash varchar not null -- Keyed hash of what the source said.
);
-- Current state: the last consent_event row of each consent_id (ADR 0003).
create table if not exists consent_now as from consent_event limit 0;

create table if not exists personal_field ( -- Sealed values of files, one row each: the current value only, replaced, never logged.
    subject_id varchar not null, -- Whose value it is: id of the person, household or enterprise, and name of its key.
    subject_kind varchar not null, -- person, household or enterprise.
    field varchar not null, -- Name of the field in rules/fields.py.
    community_id varchar not null, -- Community of the file.
    sealed varchar not null, -- The value, AES-256-GCM under the subject's own key, base64 (ADR 0012).
    index_hash varchar, -- Keyed hash for exact match, where the registry says so.
    updated_at timestamptz not null, -- When it was written, UTC.
    event_id varchar not null -- The event that wrote it.
);

alter table care_recipient_event add column if not exists person_id varchar; -- The person's file, where it is linked.
alter table care_recipient_now add column if not exists person_id varchar; -- The person's file, where it is linked.
