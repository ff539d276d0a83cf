-- What was acknowledged last about one topic.
-- $acknowledgement_id varchar: community and topic
-- -> reviewed (hash), actor, recorded_at, login (of an account)
select
    now.reviewed,
    now.actor,
    now.recorded_at,
    account.login
from acknowledgement_now as now
left join account_now as account on now.actor = 'account:' || account.account_id
where now.acknowledgement_id = $acknowledgement_id and now.removed_at is null;
