-- The catalogue of categories, and the outbox: who is told what, by which channel, with what result.
-- Portable to DuckLake: no primary keys, sequences, indexes or unique constraints (ADR 0002).
-- The comment behind a column is its documentation: docs/tables.md is generated from it.

create table if not exists message_event ( -- What a role, worker, organisation or channel is told, in codes; shown in-app (ADR 0021).
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- told.
    happened_at timestamptz not null, -- When it was told, UTC: the moment of the deed it tells of.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    message_id varchar not null, -- Time-ordered id of the message.
    community_id varchar not null, -- Community it is about.
    kind varchar not null, -- What is told, e.g. case_reminded; components/wording words it.
    recipient varchar not null, -- worker:<id>, organisation:<id>, role:<role> or channel:<name>.
    subject_id varchar not null, -- Id of the thing it is about: a case, an alarm, a plan.
    facts varchar, -- What the words need, as JSON object of codes, numbers and times; nothing about a person.
    key_hash varchar not null -- SHA-256 over recipient and key of the deed: the same is told once.
);
-- Current state: the last message_event row of each message_id (ADR 0003).
create table if not exists message_now as from message_event limit 0;

create table if not exists delivery_event ( -- One message or event on its way to one channel or webhook.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- queued, sent, failed, retried, given_up or expired.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who or what caused it.
    delivery_id varchar not null, -- Id of the delivery; the receiver knows a repetition by it.
    community_id varchar not null, -- Community it is about.
    message_id varchar, -- The message; null for an event of a webhook.
    target_kind varchar not null, -- channel or webhook.
    target_id varchar not null, -- Id of the channel or webhook it goes to.
    state varchar not null, -- waiting, sent, given_up or expired.
    made_at timestamptz not null, -- When it was queued, UTC.
    attempts integer not null, -- How often sending was tried.
    next_at timestamptz, -- When it is tried next, UTC; null once it waits no longer.
    tried_at timestamptz, -- When it was tried last, UTC.
    sent_at timestamptz, -- When the far end took it, UTC.
    error varchar, -- Why the last try failed: a code of actions/notify/sending.py.
    http_status integer, -- What the far end answered then; null where it did not.
    event_body varchar, -- The CloudEvent as JSON, without its signature; null for a message.
    key_hash varchar -- Id of that event, a hash over its deed: each webhook gets it once; null for a message.
);
-- Current state: the last delivery_event row of each delivery_id (ADR 0003).
create table if not exists delivery_now as from delivery_event limit 0;

create table if not exists notify_channel_event ( -- A way out to people: a group robot, a mailbox, a web address.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- created, changed or removed.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who did it.
    channel_id varchar not null, -- Id of the channel; its address is sealed under the key named after it.
    community_id varchar not null, -- Community it serves.
    code varchar not null, -- Its short name, unique among the community's live channels.
    kind varchar not null, -- wecom, dingtalk, feishu, email or webhook.
    language varchar not null, -- Language of what is sent: zh-CN or en.
    removed_at timestamptz -- When it was removed, UTC.
);
-- Current state: the last notify_channel_event row of each channel_id (ADR 0003).
create table if not exists notify_channel_now as from notify_channel_event limit 0;

create table if not exists notify_route_event ( -- Who is told by which channel.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- created or removed.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who did it.
    route_id varchar not null, -- Id of the route.
    community_id varchar not null, -- Community it holds in.
    recipient varchar not null, -- Whom: role:<role>, worker:<id>, organisation:<id>, or worker:* and organisation:* for all.
    channel_id varchar not null, -- By which channel.
    removed_at timestamptz -- When it was removed, UTC.
);
-- Current state: the last notify_route_event row of each route_id (ADR 0003).
create table if not exists notify_route_now as from notify_route_event limit 0;

create table if not exists webhook_event ( -- A program outside that is told of events as CloudEvents 1.0, signed.
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- created, rotated or removed.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who did it.
    webhook_id varchar not null, -- Id of the subscription; address and secrets are sealed under the key named after it.
    community_id varchar not null, -- Community whose events it gets.
    label varchar not null, -- What it is called here.
    event_types varchar not null, -- Which events: JSON list of types.
    rotated_at timestamptz not null, -- Since when its secret holds, UTC.
    removed_at timestamptz -- When it was removed, UTC.
);
-- Current state: the last webhook_event row of each webhook_id (ADR 0003).
create table if not exists webhook_now as from webhook_event limit 0;

create table if not exists outgoing_secret ( -- Addresses and secrets of channels and webhooks; apart from the logs and sealed.
    owner_id varchar not null, -- Channel or webhook; they are sealed under the key named after it.
    part varchar not null, -- address, secret or former (the secret before the last rotation).
    sealed varchar not null, -- The value, AES-256-GCM (ADR 0012).
    written_at timestamptz not null -- When, UTC.
);

create table if not exists category_event ( -- The catalogue: what the community changed of the default categories, and its own (ADR 0021).
    event_id varchar not null, -- Time-ordered id of this event.
    event_kind varchar not null, -- created, changed, removed, restored or imported.
    happened_at timestamptz not null, -- When it happened, UTC.
    recorded_at timestamptz not null, -- When it was recorded, UTC.
    actor varchar not null, -- Who did it.
    category_id varchar not null, -- Id of the row: community and code.
    community_id varchar not null, -- Community whose catalogue it is.
    code varchar not null, -- Code of the category, as cases carry it.
    name_zh varchar not null, -- Name in Chinese.
    name_en varchar, -- Name in English.
    category_group varchar not null, -- A code of rules/catalogue.py GROUPS.
    urgency varchar not null, -- Urgency where the report names none: urgent, hazard or ordinary.
    limit_value double not null, -- Time limit in units of limit_kind.
    limit_kind varchar not null, -- Clock of the limit: urgent_hour, natural_day, work_hour or work_day.
    organisation_kind varchar, -- Kind of organisation responsible: a code of ORGANISATION_KINDS.
    responders varchar, -- Who is sent, in order: JSON list of [kind, [services], count].
    questions varchar, -- What the reporter is asked: JSON list of [Chinese, English].
    keywords varchar, -- Words of a report that suggest it: JSON list.
    standard_ref varchar, -- Code of the same matter in an official standard.
    position integer not null, -- Its place in lists.
    removed_at timestamptz -- When it was taken out of use, UTC; cases keep it.
);
-- Current state: the last category_event row of each category_id (ADR 0003).
create table if not exists category_now as from category_event limit 0;
