-- Fold the incoming events into household_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into household_now using (
    from incoming
    qualify row_number() over (partition by household_id order by event_id desc) = 1
) as latest
on household_now.household_id = latest.household_id
when matched then update
when not matched then insert;
