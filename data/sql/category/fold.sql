-- Fold the incoming events into category_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into category_now using (
    from incoming
    qualify row_number() over (partition by category_id order by event_id desc) = 1
) as latest
on category_now.category_id = latest.category_id
when matched then update
when not matched then insert;
