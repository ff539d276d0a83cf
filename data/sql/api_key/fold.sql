-- Fold the incoming events into api_key_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into api_key_now using (
    from incoming
    qualify row_number() over (partition by api_key_id order by event_id desc) = 1
) as latest
on api_key_now.api_key_id = latest.api_key_id
when matched then update
when not matched then insert;
