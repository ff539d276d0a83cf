-- Fold the incoming events into delivery_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into delivery_now using (
    from incoming
    qualify row_number() over (partition by delivery_id order by event_id desc) = 1
) as latest
on delivery_now.delivery_id = latest.delivery_id
when matched then update
when not matched then insert;
