-- The worker behind an account, and the organisation that worker belongs to.
-- $account_id varchar: the account
-- -> worker_id, organisation_id (null where none); one row, or none for an unknown account
select
    account.worker_id,
    worker.organisation_id
from account_now as account
left join worker_now as worker
    on account.worker_id = worker.worker_id and worker.removed_at is null
where account.account_id = $account_id;
