-- Fold the incoming events into dispatch_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into dispatch_now using (
    from incoming
    qualify row_number() over (partition by dispatch_id order by event_id desc) = 1
) as latest
on dispatch_now.dispatch_id = latest.dispatch_id
when matched then update
when not matched then insert;
