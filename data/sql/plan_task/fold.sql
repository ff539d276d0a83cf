-- Fold the incoming events into plan_task_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into plan_task_now using (
    from incoming
    qualify row_number() over (partition by plan_task_id order by event_id desc) = 1
) as latest
on plan_task_now.plan_task_id = latest.plan_task_id
when matched then update
when not matched then insert;
