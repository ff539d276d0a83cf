-- The signed-in browsers of an account, the last used first.
-- $account_id varchar: the account
-- -> session_id, method, origin, created_at, seen_at
select session_id, method, origin, created_at, seen_at
from session
where holder_kind = 'account' and holder_id = $account_id
order by seen_at desc, session_id;
