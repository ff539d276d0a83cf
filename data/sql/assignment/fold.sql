-- Fold the incoming events into assignment_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into assignment_now using (
    from incoming
    qualify row_number() over (partition by assignment_id order by event_id desc) = 1
) as latest
on assignment_now.assignment_id = latest.assignment_id
when matched then update
when not matched then insert;
