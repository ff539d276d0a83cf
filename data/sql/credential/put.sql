-- Put credentials in the place of those of the same accounts.
-- incoming: Arrow table with the columns of credential, one row per account
merge into credential using incoming on credential.account_id = incoming.account_id
when matched then update
when not matched then insert;
