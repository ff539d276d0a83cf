-- One-time codes for whoever lost the second factor, and when an account last came in.
-- Portable to DuckLake: no primary keys, sequences, indexes or unique constraints (ADR 0002).
-- The comment behind a column is its documentation: docs/tables.md is generated from it.

create table if not exists recovery_code ( -- One-time codes that stand in for a second factor; a row goes when its code is used.
    account_id varchar not null, -- The account.
    code_hash varchar not null -- SHA-256 of the code, 80 random bits that are shown once.
);

alter table credential add column if not exists signed_in_at timestamptz; -- When the account last signed in, UTC.
