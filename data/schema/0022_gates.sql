-- Gates a visitor calls from, and their calls: no name, no voice and no picture of anybody.
-- Portable to DuckLake: no primary keys, sequences, indexes or unique constraints (ADR 0002).
-- The comment behind a column is its documentation: docs/tables.md is generated from it.

create table if not exists gate_event ( -- Gates with a call button; whether they ring and may be opened from afar (ADR 0031).
    event_id varchar not null, -- Time-ordered id of this event; the version a form was made from.
    event_kind varchar not null, -- registered, changed, switched, linked, policy or removed.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    gate_id varchar not null, -- Id of the gate.
    community_id varchar not null, -- Community it stands in.
    name_zh varchar not null, -- Name in Chinese, of the place.
    name_en varchar, -- Name in English.
    camera_id varchar, -- The device that looks at whoever calls; null where none does.
    kind varchar not null, -- How it is opened: a code of ACTUATORS.
    scheme varchar, -- What may be shown of the address that opens it: http or https; null without one.
    secret_id varchar not null, -- Key its address and its signing secret are sealed under.
    secret_hash varchar, -- SHA-256 of the secret in the link of its tablet; null without a link.
    calls_on boolean not null, -- Whether it may ring; off until somebody switches it on.
    opens_on boolean not null, -- Whether it may be opened from afar; on only by a second person's word.
    approval_id varchar, -- That word; null where none was given.
    removed_at timestamptz -- When it was taken out, UTC; its address and secrets are destroyed then.
);
-- Current state: the last gate_event row of each gate_id (ADR 0003).
create table if not exists gate_now as from gate_event limit 0;

create table if not exists gate_call_event ( -- Calls from gates: when, who answered and how it ended; nothing about the visitor.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- ringing, answered, opened, refused, missed or failed.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    call_id varchar not null, -- Id of the call.
    gate_id varchar not null, -- The gate it came from.
    community_id varchar not null, -- Community it belongs to.
    channel varchar not null, -- tablet, or station for a door station's signed message.
    request_key varchar, -- Id of the door station's message, by which it is known again; null for a tablet.
    state varchar not null, -- A code of CALL_STATES.
    outcome varchar, -- Why it ended so: a code of CALL_REASONS; null while it lasts.
    answered_by varchar, -- Account that answered, as the logs name it; null where nobody did.
    started_at timestamptz not null, -- When it rang, UTC.
    answered_at timestamptz, -- When it was answered, UTC.
    ended_at timestamptz -- When it ended, UTC; null while it lasts.
);
-- Current state: the last gate_call_event row of each call_id (ADR 0003).
create table if not exists gate_call_now as from gate_call_event limit 0;
