-- The live channels of a community by their short name; never their addresses.
-- $community_id varchar: the community
-- -> channel_id, code, kind, language, made_at (UTC), waiting (deliveries that wait), oldest_at
--    (since when the oldest of them waits, UTC), sent_at (when one last arrived, UTC)
with made as (
    select channel_id, min(happened_at) as made_at
    from notify_channel_event
    where event_kind = 'created'
    group by channel_id
),
traffic as (
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
    c.channel_id, c.code, c.kind, c.language, m.made_at,
    coalesce(t.waiting, 0) as waiting, t.oldest_at, t.sent_at
from notify_channel_now as c
left join made as m on m.channel_id = c.channel_id
left join traffic as t on t.target_id = c.channel_id
where c.community_id = $community_id and c.removed_at is null
order by c.code;
