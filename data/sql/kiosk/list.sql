-- The device links of communities, live ones first, newest first; never their secrets.
-- $community_ids varchar[]: the communities, or null for all
-- -> kiosk_id, community_id, label, created_at, removed_at, seen_at (last use by any browser, null
--    where none has it open), walls (browsers that opened it)
with made as (
    select kiosk_id, min(happened_at) as created_at
    from kiosk_event
    where event_kind = 'created'
    group by kiosk_id
),
open_walls as (
    select holder_id, max(seen_at) as seen_at, count(*) as n
    from session
    where holder_kind = 'kiosk'
    group by holder_id
)
select
    k.kiosk_id, k.community_id, k.label, m.created_at, k.removed_at, w.seen_at,
    coalesce(w.n, 0) as walls
from kiosk_now as k
left join made as m on m.kiosk_id = k.kiosk_id
left join open_walls as w on w.holder_id = k.kiosk_id
where $community_ids is null or list_contains($community_ids::varchar[], k.community_id)
order by k.removed_at is not null, m.created_at desc, k.kiosk_id;
