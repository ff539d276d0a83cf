-- A block of the audit that fits a filter, with what each actor is called, newest first: the newest, or those before a place.
-- The names are looked up behind the limit, so that the block is found by the order of seq alone.
-- $community_id varchar: lines of it, and those of the whole installation
-- $since, $until timestamptz or null: happened from, happened before
-- $action, $result, $actor, $subject_id, $case_id varchar or null; an actor also by its name
-- $before, $low bigint: only lines before this place of the chain, and from that one on
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
        seq, event_id, happened_at, action, result, actor, role, community_id, subject_kind,
        subject_id, field, case_id, purpose, reason, origin, detail
    from audit_event
    where community_id in ($community_id, '')
        and ($since::timestamptz is null or happened_at >= $since)
        and ($until::timestamptz is null or happened_at < $until)
        and ($action::varchar is null or action = $action)
        and ($result::varchar is null or result = $result)
        and (
            $actor::varchar is null
            or actor = $actor
            or actor in (select actor from actor_name where name = $actor)
        )
        and ($subject_id::varchar is null or subject_id = $subject_id)
        and ($case_id::varchar is null or case_id = $case_id)
        and seq < $before
        and seq >= $low
    order by seq desc
    limit $limit
)
select
    block.seq, block.event_id, block.happened_at, block.action, block.result, block.actor,
    actor_name.name as actor_name, block.role, block.community_id, block.subject_kind,
    block.subject_id, block.field, block.case_id, block.purpose, block.reason, block.origin,
    block.detail
from block
left join actor_name on actor_name.actor = block.actor
order by block.seq desc;
