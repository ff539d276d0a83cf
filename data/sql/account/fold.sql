-- Fold the incoming events into account_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into account_now using (
    from incoming
    qualify row_number() over (partition by account_id order by event_id desc) = 1
) as latest
on account_now.account_id = latest.account_id
when matched then update
when not matched then insert;
