-- Fold the incoming events into person_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into person_now using (
    from incoming
    qualify row_number() over (partition by person_id order by event_id desc) = 1
) as latest
on person_now.person_id = latest.person_id
when matched then update
when not matched then insert;
