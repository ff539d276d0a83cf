-- Fold the incoming events into gate_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into gate_now using (
    from incoming
    qualify row_number() over (partition by gate_id order by event_id desc) = 1
) as latest
on gate_now.gate_id = latest.gate_id
when matched then update
when not matched then insert;
