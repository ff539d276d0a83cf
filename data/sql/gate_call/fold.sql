-- Fold the incoming events into gate_call_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into gate_call_now using (
    from incoming
    qualify row_number() over (partition by call_id order by event_id desc) = 1
) as latest
on gate_call_now.call_id = latest.call_id
when matched then update
when not matched then insert;
