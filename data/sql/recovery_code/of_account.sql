-- The recovery codes an account has left.
-- $account_id varchar: the account
-- -> code_hash
select code_hash from recovery_code where account_id = $account_id;
