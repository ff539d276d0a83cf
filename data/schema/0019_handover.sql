-- Shift handovers: what was done and left undone, signed by who goes and by who comes.
-- Portable to DuckLake: no primary keys, sequences, indexes or unique constraints (ADR 0002).
-- The comment behind a column is its documentation: docs/tables.md is generated from it.

create table if not exists handover_event ( -- Shift handovers: written, signed by who goes, taken over by who comes.
    event_id varchar not null, -- Time-ordered id of this event; the version a form was made from.
    event_kind varchar not null, -- written, signed, taken_back or taken.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who caused it.
    handover_id varchar not null, -- Id of the handover; its notes are sealed notes of this owner.
    community_id varchar not null, -- Community it belongs to.
    status varchar not null, -- open, signed or taken.
    shift_started_at timestamptz not null, -- When the shift began, UTC.
    shift_ended_at timestamptz, -- When who goes signed, UTC; null before.
    outgoing varchar, -- Who goes and signed; null before.
    incoming varchar, -- Who comes and took over; null before.
    taken_at timestamptz, -- When, UTC; the next shift begins here.
    done_case_ids varchar, -- Cases finished on the shift: JSON list of ids, as of the signing.
    undone_case_ids varchar, -- Cases open then: JSON list of ids, overdue first.
    overdue integer, -- How many of these were past their deadline.
    alarms integer -- Alarms not closed then.
);
-- Current state: the last handover_event row of each handover_id (ADR 0003).
create table if not exists handover_now as from handover_event limit 0;
