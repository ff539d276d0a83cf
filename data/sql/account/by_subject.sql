-- The account that a person at the provider signs in as, open or closed.
-- $oidc_subject varchar: issuer and subject
-- -> account_id, community_id, login, role, also_communities, area_ids, worker_id, oidc_subject,
--    removed_at
select
    account_id, community_id, login, role, also_communities, area_ids, worker_id, oidc_subject,
    removed_at
from account_now
where oidc_subject = $oidc_subject;
