-- Second approvals, requests of the people on record, legal holds, retention and bulk exports.
-- Portable to DuckLake: no primary keys, sequences, indexes or unique constraints (ADR 0002).
-- The comment behind a column is its documentation: docs/tables.md is generated from it.

create table if not exists approval_event ( -- What needs a second person: asked, decided, escalated, carried out (ADR 0018).
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- asked, confirmed, refused, withdrawn, expired, escalated, carried_out.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who caused it; system where time did.
    approval_id varchar not null, -- Id of the approval.
    community_id varchar not null, -- Community it is about.
    kind varchar not null, -- A code of rules/approvals.py KINDS, e.g. export, erasure, live_view.
    mode varchar not null, -- before: waits for the second person; after: began at once and is confirmed later.
    state varchar not null, -- waiting, confirmed, refused, withdrawn, expired or escalated.
    subject_kind varchar not null, -- Kind of the thing it is about: person, case, export, retention_run, camera, plan, ...
    subject_id varchar not null, -- Opaque id of it.
    purpose varchar not null, -- A code of rules/approvals.py PURPOSES.
    detail varchar, -- Facts for the second person as JSON: codes and counts, never a value about a person.
    asked_by varchar not null, -- Who asked.
    asked_role varchar not null, -- In which role.
    asked_at timestamptz not null, -- When, UTC.
    due_at timestamptz not null, -- Until when it is to be decided, UTC.
    decided_by varchar, -- The second person.
    decided_role varchar, -- In which role.
    decided_at timestamptz, -- When, UTC.
    refusal varchar, -- Why not: a code of rules/approvals.py REFUSALS.
    escalated_at timestamptz, -- When nobody had confirmed in time, UTC.
    carried_out_at timestamptz -- When what was allowed was done, UTC; null where nothing is to be done by the program.
);
-- Current state: the last approval_event row of each approval_id (ADR 0003).
create table if not exists approval_now as from approval_event limit 0;

create table if not exists rights_request_event ( -- What people on record ask for: view, copy, correct, delete, withdraw, who saw it.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- received, asked, granted, done, refused, withdrawn.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who caused it.
    request_id varchar not null, -- Id of the request.
    community_id varchar not null, -- Community it was made to.
    kind varchar not null, -- view, copy, correct, delete, withdraw_consent or accesses.
    person_id varchar, -- Whose file; null where nobody of the files is meant.
    requester varchar not null, -- self, guardian, agent or next_of_kin.
    channel varchar not null, -- counter, phone, letter, online or visit.
    identity_check varchar not null, -- How the requester was identified: a code, never a number.
    field varchar, -- The field to correct.
    consent_purpose varchar, -- The consent that is withdrawn.
    state varchar not null, -- open, waiting, granted, done, refused or withdrawn.
    received_at timestamptz not null, -- When it came in, UTC.
    due_at timestamptz not null, -- When it must be answered, UTC.
    handled_by varchar not null, -- Who took it.
    approval_id varchar, -- The second person's approval it waits for or got.
    decided_by varchar, -- Who decided.
    decided_at timestamptz, -- When, UTC.
    refusal varchar, -- Why not: a code of rules/rights.py REFUSALS.
    proof varchar, -- What a correction rests on: a code, never a number.
    closed_at timestamptz -- When it was answered, UTC.
);
-- Current state: the last rights_request_event row of each request_id (ADR 0003).
create table if not exists rights_request_now as from rights_request_event limit 0;

create table if not exists legal_hold_event ( -- What must not be deleted for a while, and on whose word.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- asked, placed, refused, released.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who caused it.
    hold_id varchar not null, -- Id of the hold.
    community_id varchar not null, -- Community of what is held.
    subject_kind varchar not null, -- person, household, enterprise or case.
    subject_id varchar not null, -- Opaque id of it.
    basis varchar not null, -- A code of rules/retention.py HOLD_BASES.
    state varchar not null, -- asked and held keep everything; refused and released do not.
    asked_by varchar not null, -- Who asked.
    approval_id varchar not null, -- The second person's approval.
    approved_by varchar, -- The second person.
    expires_at timestamptz not null, -- Until when it holds, UTC.
    ended_at timestamptz -- When it was refused or released, UTC.
);
-- Current state: the last legal_hold_event row of each hold_id (ADR 0003).
create table if not exists legal_hold_now as from legal_hold_event limit 0;

create table if not exists export_file_event ( -- Bulk exports: asked, allowed, made, fetched, deleted.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- asked, allowed, refused, made, fetched, deleted.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who caused it.
    export_id varchar not null, -- Id of the export; the key its files are sealed under is named after it.
    community_id varchar not null, -- Community of the rows.
    register varchar not null, -- persons, cases or audit.
    area_id varchar, -- Only this area and what lies below it; null for the whole community.
    since date, -- Cases and audit lines: from this local day on.
    until date, -- Cases and audit lines: up to and with this local day.
    state varchar not null, -- waiting, allowed, made, refused or deleted.
    asked_by varchar not null, -- Who asked; the only one who may fetch it.
    approval_id varchar not null, -- The second person's approval.
    row_count bigint, -- Rows in the file.
    csv_sha256 varchar, -- SHA-256 of the CSV file as fetched.
    xlsx_sha256 varchar, -- SHA-256 of the XLSX file as fetched.
    made_at timestamptz, -- When the files were made, UTC.
    expires_at timestamptz, -- When they are deleted, UTC.
    fetched integer not null, -- How often they were fetched.
    deleted_at timestamptz -- When they were deleted and their key destroyed, UTC.
);
-- Current state: the last export_file_event row of each export_id (ADR 0003).
create table if not exists export_file_now as from export_file_event limit 0;

create table if not exists retention_run ( -- Proof of what retention deleted or would delete, one row per batch; append-only.
    event_id varchar not null, -- Time-ordered id of this row.
    recorded_at timestamptz not null, -- When, in the same unit of work as the deletion, UTC.
    run_id varchar not null, -- Rows of one run share it.
    kind varchar not null, -- proposed: counted only; done: deleted.
    actor varchar not null, -- Who ran it; system for the nightly run.
    community_id varchar not null, -- Community.
    class varchar not null, -- A code of rules/retention.py CLASSES.
    rule_version varchar not null, -- Fingerprint of the rules it followed.
    batch integer not null, -- Number of the batch within run and class, from 1.
    subjects bigint not null, -- How many people, cases or rows.
    held bigint not null, -- How many more a legal hold kept.
    oldest_at timestamptz, -- Since when the oldest of them was past its purpose, UTC.
    ids_hash varchar -- SHA-256 over their sorted ids; null where only counted.
);

create table if not exists sealed_note ( -- Reasons and notes of officers, which may name people; apart from the logs and sealed.
    owner_kind varchar not null, -- approval, rights_request or legal_hold.
    owner_id varchar not null, -- Id of that.
    part varchar not null, -- reason or answer.
    community_id varchar not null, -- Community.
    subject_id varchar not null, -- Whose key it is sealed under: the person's, or the owner's own.
    sealed varchar not null, -- The text, AES-256-GCM (ADR 0012).
    written_at timestamptz not null -- When, UTC.
);
