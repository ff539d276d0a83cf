-- Who may come in to a community and what may send to it, counted: open ones only.
-- $community_id varchar: the community
-- -> duty_officers, privacy_officers, admins, astray_accounts, kiosks, senders (counts)
with account as (
    select account_id, role, coalesce(area_ids, []) as area_ids
    from account_now
    where
        removed_at is null
        and (
            community_id = $community_id
            or list_contains(coalesce(also_communities, []), $community_id)
        )
),

reaching as (
    select account.account_id, count(area.area_id) as n
    from account
    left join area_now as area
        on list_contains(account.area_ids, area.area_id) and area.removed_at is null
    where len(account.area_ids) > 0
    group by account.account_id
),

counted as (
    select
        count(*) filter (where role = 'duty_officer') as duty_officers,
        count(*) filter (where role = 'privacy') as privacy_officers,
        count(*) filter (where role = 'admin') as admins
    from account
)

select
    counted.duty_officers,
    counted.privacy_officers,
    counted.admins,
    (select count(*) from reaching where n = 0) as astray_accounts,
    (
        select count(*) from kiosk_now
        where community_id = $community_id and removed_at is null
    ) as kiosks,
    (
        select count(*) from api_key_now
        where community_id = $community_id and role = 'source' and revoked_at is null
    )
    + (
        select count(*) from source_now
        where
            community_id = $community_id
            and good_at is not null
            and not starts_with(source, 'simulator')
    ) as senders
from counted;
