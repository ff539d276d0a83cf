-- Fold the incoming events into acknowledgement_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into acknowledgement_now using (
    from incoming
    qualify row_number() over (partition by acknowledgement_id order by event_id desc) = 1
) as latest
on acknowledgement_now.acknowledgement_id = latest.acknowledgement_id
when matched then update
when not matched then insert;
