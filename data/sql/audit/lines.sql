-- A block of the audit that fits a filter, with what each actor is called; newest first.
-- $community_id varchar: lines of it, and those of the whole installation
-- $since, $until timestamptz or null: happened from, happened before
-- $action, $result, $actor, $subject_id, $case_id varchar or null; an actor also by its name
-- $before bigint or null: only lines before this place of the chain
-- $after bigint or null: only lines after it, the nearest ones
-- $limit bigint: how many at most
-- -> seq, event_id, happened_at, action, result, actor, actor_name or null, role, community_id,
--    subject_kind, subject_id, field, case_id, purpose, reason, origin, detail
with actor_name as (
    select 'account:' || account_id as actor, login as name from account_now
    union all
    select 'kiosk:' || kiosk_id as actor, label as name from kiosk_now
    union all
    select 'key:' || api_key_id as actor, label as name from api_key_now
),
block as (
    select
        line.seq, line.event_id, line.happened_at, line.action, line.result, line.actor,
        actor_name.name as actor_name, line.role, line.community_id, line.subject_kind,
        line.subject_id, line.field, line.case_id, line.purpose, line.reason, line.origin,
        line.detail
    from audit_event as line
    left join actor_name on actor_name.actor = line.actor
    where line.community_id in ($community_id, '')
        and ($since::timestamptz is null or line.happened_at >= $since)
        and ($until::timestamptz is null or line.happened_at < $until)
        and ($action::varchar is null or line.action = $action)
        and ($result::varchar is null or line.result = $result)
        and ($actor::varchar is null or line.actor = $actor or actor_name.name = $actor)
        and ($subject_id::varchar is null or line.subject_id = $subject_id)
        and ($case_id::varchar is null or line.case_id = $case_id)
        and ($before::bigint is null or line.seq < $before)
        and ($after::bigint is null or line.seq > $after)
    order by case when $after::bigint is null then -line.seq else line.seq end
    limit $limit
)
select
    seq, event_id, happened_at, action, result, actor, actor_name, role, community_id,
    subject_kind, subject_id, field, case_id, purpose, reason, origin, detail
from block
order by seq desc;
