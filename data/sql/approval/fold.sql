-- Fold the incoming events into approval_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into approval_now using (
    from incoming
    qualify row_number() over (partition by approval_id order by event_id desc) = 1
) as latest
on approval_now.approval_id = latest.approval_id
when matched then update
when not matched then insert;
