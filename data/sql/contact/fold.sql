-- Fold the incoming events into contact_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into contact_now using (
    from incoming
    qualify row_number() over (partition by contact_id order by event_id desc) = 1
) as latest
on contact_now.contact_id = latest.contact_id
when matched then update
when not matched then insert;
