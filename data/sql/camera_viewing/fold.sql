-- Fold the incoming events into camera_viewing_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into camera_viewing_now using (
    from incoming
    qualify row_number() over (partition by viewing_id order by event_id desc) = 1
) as latest
on camera_viewing_now.viewing_id = latest.viewing_id
when matched then update
when not matched then insert;
