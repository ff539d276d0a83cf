-- What phones bring: photos of cases, private links of reporters, their number, video calls.
-- Portable to DuckLake: no primary keys, sequences, indexes or unique constraints (ADR 0002).
-- The comment behind a column is its documentation: docs/tables.md is generated from it.

create table if not exists case_photo_event ( -- Photos of cases; the pictures themselves are files below <var>/photos.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- added.
    happened_at timestamptz not null, -- When it was taken over, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what added it.
    photo_id varchar not null, -- Id of the photo, and the name of its file.
    case_id varchar not null, -- The case it shows.
    community_id varchar not null, -- Community it belongs to.
    kind varchar not null, -- report, before or after.
    source_id varchar, -- The sender's own id of the photo, so that one sent twice is kept once.
    width integer not null, -- Pixels.
    height integer not null, -- Pixels.
    size_bytes integer not null, -- Length of the file.
    sha256 varchar not null -- Hash of the file, hexadecimal.
);
-- Current state: the last case_photo_event row of each photo_id (ADR 0003).
create table if not exists case_photo_now as from case_photo_event limit 0;

create table if not exists case_link_event ( -- Private links of those who reported a case or follow it.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- made or ended.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    link_id varchar not null, -- Id of the link; logs name the reporter by it.
    case_id varchar not null, -- The case it opens.
    community_id varchar not null, -- Community it belongs to.
    kind varchar not null, -- reporter, or follower where somebody else had reported it.
    source_id varchar not null, -- The phone's own id of the report, so that one sent twice is taken once.
    secret_hash varchar not null, -- SHA-256 of the secret in the link; the link itself is kept nowhere.
    ended_at timestamptz -- When it stopped opening the case, UTC.
);
-- Current state: the last case_link_event row of each link_id (ADR 0003).
create table if not exists case_link_now as from case_link_event limit 0;

create table if not exists case_contact ( -- The number a reporter left to be called back; sealed, no log keeps it.
    link_id varchar not null, -- The reporter's link; its key seals the number.
    case_id varchar not null, -- The case it was left for.
    community_id varchar not null, -- Community it belongs to.
    sealed varchar not null, -- The number, sealed under the link's own key (ADR 0016).
    written_at timestamptz not null -- When it was left, UTC.
);

create table if not exists case_message ( -- What staff ask a reporter and what comes back; free text, so no log.
    message_id varchar not null, -- Time-ordered id.
    case_id varchar not null, -- The case it is about.
    link_id varchar, -- The link that wrote it; null where staff did.
    community_id varchar not null, -- Community it belongs to.
    actor varchar not null, -- Who wrote it.
    note varchar not null, -- The words.
    written_at timestamptz not null -- When, UTC.
);

create table if not exists video_call_event ( -- Register of video calls from the field: who, when and why; no picture is kept.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- ringing, answered or ended.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who caused it.
    call_id varchar not null, -- Id of the call.
    case_id varchar not null, -- The case it is about.
    community_id varchar not null, -- Community it belongs to.
    caller varchar not null, -- Account that called, as the logs name it.
    worker_id varchar not null, -- The worker behind it.
    answered_by varchar, -- Account that answered; null where nobody did.
    purpose varchar not null, -- Why: a code of VIDEO_PURPOSES.
    outcome varchar, -- How it ended: a code of VIDEO_OUTCOMES; null while it lasts.
    started_at timestamptz not null, -- When it rang, UTC.
    answered_at timestamptz, -- When it was answered, UTC.
    ended_at timestamptz -- When it ended, UTC.
);
-- Current state: the last video_call_event row of each call_id (ADR 0003).
create table if not exists video_call_now as from video_call_event limit 0;
