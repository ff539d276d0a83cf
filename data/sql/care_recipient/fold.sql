-- Fold the incoming events into care_recipient_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into care_recipient_now using (
    from incoming
    qualify row_number() over (partition by care_recipient_id order by event_id desc) = 1
) as latest
on care_recipient_now.care_recipient_id = latest.care_recipient_id
when matched then update
when not matched then insert;
