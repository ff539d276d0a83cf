-- Who may come in: accounts, their credentials, sessions and the device links of walls.
-- Portable to DuckLake: no primary keys, sequences, indexes or unique constraints (ADR 0002).
-- The comment behind a column is its documentation: docs/tables.md is generated from it.

create table if not exists account_event ( -- Accounts of staff: made, changed, closed; without secrets and without names of people.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- created, changed, closed, reopened.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    account_id varchar not null, -- Id of the account.
    community_id varchar not null, -- Its first community; the feed files the event under it.
    login varchar not null, -- Name to sign in with, lower case; better a post than a person, e.g. duty1.
    role varchar not null, -- A code of rules/privacy.py ACCOUNT_ROLES.
    also_communities varchar[], -- Further communities it covers, e.g. of a sub-district.
    area_ids varchar[], -- Roots of the subtrees of areas it covers; empty for the whole community.
    worker_id varchar, -- The worker who uses it, where it is a grid worker's.
    oidc_subject varchar, -- Issuer and subject that sign in as it, where single sign-on is used.
    removed_at timestamptz -- When it was closed, UTC.
);
-- Current state: the last account_event row of each account_id (ADR 0003).
create table if not exists account_now as from account_event limit 0;

create table if not exists credential ( -- How an account proves itself; replaced, never logged.
    account_id varchar not null, -- The account.
    password_hash varchar, -- argon2id hash with its parameters and salt; null where only single sign-on is used.
    totp_sealed varchar, -- Second factor's secret, sealed under a key of the account; null without one.
    totp_confirmed boolean not null, -- True once a code of it was shown.
    totp_last_step bigint, -- Last time step whose code was used, so that none is used twice.
    must_change boolean not null, -- True where the password was set by somebody else.
    failures integer not null, -- Failed attempts in a row.
    locked_until timestamptz, -- No attempt is looked at before, UTC.
    changed_at timestamptz not null -- When the password was set, UTC.
);

create table if not exists session ( -- Who is signed in; a row goes when the session ends (the audit keeps the trace).
    session_id varchar not null, -- Id of the session.
    token_hash varchar not null, -- SHA-256 of the 256-bit random token in the browser's cookie.
    holder_kind varchar not null, -- account or kiosk.
    holder_id varchar not null, -- Id of the account or kiosk.
    method varchar not null, -- password, password+totp, oidc or link.
    origin varchar, -- Address it was opened from.
    created_at timestamptz not null, -- When it was opened, UTC.
    seen_at timestamptz not null -- When it was last used, to the minute, UTC.
);

create table if not exists kiosk_event ( -- Device links of walls: made, revoked.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- created, revoked.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    kiosk_id varchar not null, -- Id of the link.
    community_id varchar not null, -- The one community its wall shows.
    label varchar, -- Where the wall hangs.
    secret_hash varchar not null, -- SHA-256 of the 256-bit random secret in the link, which is shown once.
    removed_at timestamptz -- When it was revoked, UTC.
);
-- Current state: the last kiosk_event row of each kiosk_id (ADR 0003).
create table if not exists kiosk_now as from kiosk_event limit 0;
