-- How an account proves itself.
-- $account_id varchar: the account
-- -> account_id, password_hash, totp_sealed, totp_confirmed, totp_last_step, must_change, failures,
--    locked_until, changed_at, signed_in_at
select
    account_id, password_hash, totp_sealed, totp_confirmed, totp_last_step, must_change, failures,
    locked_until, changed_at, signed_in_at
from credential
where account_id = $account_id;
