-- Fold the incoming events into enterprise_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into enterprise_now using (
    from incoming
    qualify row_number() over (partition by enterprise_id order by event_id desc) = 1
) as latest
on enterprise_now.enterprise_id = latest.enterprise_id
when matched then update
when not matched then insert;
