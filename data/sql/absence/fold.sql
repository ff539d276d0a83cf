-- Fold the incoming events into absence_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into absence_now using (
    from incoming
    qualify row_number() over (partition by absence_id order by event_id desc) = 1
) as latest
on absence_now.absence_id = latest.absence_id
when matched then update
when not matched then insert;
