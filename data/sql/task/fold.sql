-- Fold the incoming events into task_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into task_now using (
    from incoming
    qualify row_number() over (partition by task_id order by event_id desc) = 1
) as latest
on task_now.task_id = latest.task_id
when matched then update
when not matched then insert;
