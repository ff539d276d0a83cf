-- Fold the incoming events into case_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into case_now using (
    from incoming
    qualify row_number() over (partition by case_id order by event_id desc) = 1
) as latest
on case_now.case_id = latest.case_id
when matched then update
when not matched then insert;
