-- The accounts whose communities are all within a set, open ones first, by role and login.
-- $community_ids varchar[]: the set, or null for every account
-- -> account_id, community_id, login, role, also_communities, area_ids, worker_id, oidc_subject,
--    removed_at, must_change, has_password, totp, failures, locked_until, signed_in_at,
--    sessions (signed-in browsers)
with signed_in as (
    select holder_id, count(*) as n
    from session
    where holder_kind = 'account'
    group by holder_id
)
select
    a.account_id, a.community_id, a.login, a.role, coalesce(a.also_communities, [])
        as also_communities, coalesce(a.area_ids, []) as area_ids, a.worker_id, a.oidc_subject,
    a.removed_at,
    coalesce(c.must_change, false) as must_change, c.password_hash is not null as has_password,
    coalesce(c.totp_confirmed, false) as totp, coalesce(c.failures, 0) as failures,
    c.locked_until, c.signed_in_at, coalesce(s.n, 0) as sessions
from account_now as a
left join credential as c on c.account_id = a.account_id
left join signed_in as s on s.holder_id = a.account_id
where
    $community_ids is null
    or list_has_all(
        $community_ids::varchar[],
        list_concat([a.community_id], coalesce(a.also_communities, []))
    )
order by a.removed_at is not null, a.role, a.login;
