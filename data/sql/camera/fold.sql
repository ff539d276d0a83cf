-- Fold the incoming events into camera_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into camera_now using (
    from incoming
    qualify row_number() over (partition by device_id order by event_id desc) = 1
) as latest
on camera_now.device_id = latest.device_id
when matched then update
when not matched then insert;
