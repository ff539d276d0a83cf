-- The audit log: who did or tried what, on whose data, why and from where, chained line by line.
-- Portable to DuckLake: no primary keys, sequences, indexes or unique constraints (ADR 0002).
-- How the chain is made and checked: ADR 0013. No names, phones, id numbers or door numbers.

create table if not exists audit_event ( -- Every audited action, done, refused or failed; append-only and chained.
    seq bigint not null, -- Place in the chain, from 1 without gaps.
    event_id varchar not null, -- Time-ordered id of this line.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    action varchar not null, -- What: a code such as person.unmask or sign_in.
    result varchar not null, -- done, refused, failed.
    actor varchar not null, -- Who: account:<id>, kiosk:<id>, key:<id>, cli, or anonymous.
    role varchar not null, -- Role the actor acted in; empty where nobody was signed in.
    community_id varchar not null, -- Community it concerned; empty where the whole installation.
    subject_kind varchar, -- Kind of the thing acted on: person, household, account, case, ...
    subject_id varchar, -- Opaque id of the person or thing acted on.
    field varchar, -- Name of the field opened or changed, never its value.
    case_id varchar, -- Case it was done for.
    purpose varchar, -- Purpose code.
    reason varchar, -- Why, in words; sealed under the subject's key where that person has one.
    origin varchar, -- IP address it came from.
    detail varchar, -- More facts: counts, codes; never personal values.
    key_id varchar not null, -- Fingerprint of the key the line is signed with.
    column_checks varchar not null, -- Four hex digits for each column above and prev_mac: names what was changed.
    prev_mac varchar not null, -- mac of the line before; of the first line: 64 zeros.
    mac varchar not null -- HMAC-SHA256 of all columns above, hex.
);
