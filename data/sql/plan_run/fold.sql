-- Fold the incoming events into plan_run_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into plan_run_now using (
    from incoming
    qualify row_number() over (partition by run_id order by event_id desc) = 1
) as latest
on plan_run_now.run_id = latest.run_id
when matched then update
when not matched then insert;
