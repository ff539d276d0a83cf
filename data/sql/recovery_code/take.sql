-- Take recovery codes away: one of an account, or all of them.
-- $account_id varchar: the account
-- $code_hash varchar: the one code, or null for all
delete from recovery_code
where account_id = $account_id and code_hash = coalesce($code_hash::varchar, code_hash);
