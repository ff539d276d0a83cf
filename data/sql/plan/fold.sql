-- Fold the incoming events into plan_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into plan_now using (
    from incoming
    qualify row_number() over (partition by plan_id order by event_id desc) = 1
) as latest
on plan_now.plan_id = latest.plan_id
when matched then update
when not matched then insert;
