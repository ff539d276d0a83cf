-- Fold the incoming events into webhook_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into webhook_now using (
    from incoming
    qualify row_number() over (partition by webhook_id order by event_id desc) = 1
) as latest
on webhook_now.webhook_id = latest.webhook_id
when matched then update
when not matched then insert;
