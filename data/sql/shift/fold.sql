-- Fold the incoming events into shift_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into shift_now using (
    from incoming
    qualify row_number() over (partition by shift_id order by event_id desc) = 1
) as latest
on shift_now.shift_id = latest.shift_id
when matched then update
when not matched then insert;
