-- The account of a login name, open or closed.
-- $login varchar: the name, lower case
-- -> account_id, community_id, login, role, also_communities, area_ids, worker_id, oidc_subject,
--    removed_at
select
    account_id, community_id, login, role, also_communities, area_ids, worker_id, oidc_subject,
    removed_at
from account_now
where login = $login;
