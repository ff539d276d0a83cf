-- One account, open or closed.
-- $account_id varchar: the account
-- -> account_id, community_id, login, role, also_communities, area_ids, worker_id, oidc_subject,
--    removed_at
select
    account_id, community_id, login, role, also_communities, area_ids, worker_id, oidc_subject,
    removed_at
from account_now
where account_id = $account_id;
