-- Fold the incoming events into handover_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into handover_now using (
    from incoming
    qualify row_number() over (partition by handover_id order by event_id desc) = 1
) as latest
on handover_now.handover_id = latest.handover_id
when matched then update
when not matched then insert;
