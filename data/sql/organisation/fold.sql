-- Fold the incoming events into organisation_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into organisation_now using (
    from incoming
    qualify row_number() over (partition by organisation_id order by event_id desc) = 1
) as latest
on organisation_now.organisation_id = latest.organisation_id
when matched then update
when not matched then insert;
