-- Fold the incoming events into message_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into message_now using (
    from incoming
    qualify row_number() over (partition by message_id order by event_id desc) = 1
) as latest
on message_now.message_id = latest.message_id
when matched then update
when not matched then insert;
