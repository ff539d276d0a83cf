-- Fold the incoming events into consent_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into consent_now using (
    from incoming
    qualify row_number() over (partition by consent_id order by event_id desc) = 1
) as latest
on consent_now.consent_id = latest.consent_id
when matched then update
when not matched then insert;
