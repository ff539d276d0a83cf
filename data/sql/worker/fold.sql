-- Fold the incoming events into worker_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into worker_now using (
    from incoming
    qualify row_number() over (partition by worker_id order by event_id desc) = 1
) as latest
on worker_now.worker_id = latest.worker_id
when matched then update
when not matched then insert;
