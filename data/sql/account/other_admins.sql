-- Which communities of a set have an open admin other than one account.
-- $account_id varchar: the account left out
-- $community_ids varchar[]: the set
-- -> community_id
with covered as (
    select unnest(list_concat([community_id], coalesce(also_communities, []))) as community_id
    from account_now
    where role = 'admin' and removed_at is null and account_id <> $account_id
)
select distinct community_id
from covered
where list_contains($community_ids::varchar[], community_id);
