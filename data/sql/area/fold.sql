-- Fold the incoming events into area_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into area_now using (
    from incoming
    qualify row_number() over (partition by area_id order by event_id desc) = 1
) as latest
on area_now.area_id = latest.area_id
when matched then update
when not matched then insert;
