-- Every session whose holder may still come in, with what its holder may see.
-- -> session_id, token_hash, holder_kind, holder_id, method, created_at, seen_at, role,
--    community_ids varchar[], area_ids varchar[], label
select
    s.session_id, s.token_hash, s.holder_kind, s.holder_id, s.method, s.created_at, s.seen_at,
    a.role,
    list_concat([a.community_id], coalesce(a.also_communities, [])) as community_ids,
    coalesce(a.area_ids, []) as area_ids,
    a.login as label
from session as s
join account_now as a on s.holder_kind = 'account' and a.account_id = s.holder_id
where a.removed_at is null
union all
select
    s.session_id, s.token_hash, s.holder_kind, s.holder_id, s.method, s.created_at, s.seen_at,
    'wall' as role,
    [k.community_id] as community_ids,
    []::varchar[] as area_ids,
    coalesce(k.label, '') as label
from session as s
join kiosk_now as k on s.holder_kind = 'kiosk' and k.kiosk_id = s.holder_id
where k.removed_at is null;
