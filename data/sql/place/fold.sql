-- Fold the incoming events into place_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into place_now using (
    from incoming
    qualify row_number() over (partition by place_id order by event_id desc) = 1
) as latest
on place_now.place_id = latest.place_id
when matched then update
when not matched then insert;
