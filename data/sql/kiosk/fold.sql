-- Fold the incoming events into kiosk_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into kiosk_now using (
    from incoming
    qualify row_number() over (partition by kiosk_id order by event_id desc) = 1
) as latest
on kiosk_now.kiosk_id = latest.kiosk_id
when matched then update
when not matched then insert;
