-- The live webhooks of a community by label; never their addresses and secrets.
-- $community_id varchar: the community
-- -> webhook_id, label, event_types (JSON), rotated_at (UTC), waiting (events that wait), oldest_at
--    (since when the oldest of them waits, UTC), sent_at (when one last arrived, UTC)
with traffic as (
    select
        target_id,
        count(*) filter (where state = 'waiting') as waiting,
        min(made_at) filter (where state = 'waiting') as oldest_at,
        max(sent_at) as sent_at
    from delivery_now
    where community_id = $community_id
    group by target_id
)
select
    h.webhook_id, h.label, h.event_types, h.rotated_at,
    coalesce(t.waiting, 0) as waiting, t.oldest_at, t.sent_at
from webhook_now as h
left join traffic as t on t.target_id = h.webhook_id
where h.community_id = $community_id and h.removed_at is null
order by h.label, h.webhook_id;
