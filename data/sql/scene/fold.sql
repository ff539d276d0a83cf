-- Fold the incoming events into scene_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into scene_now using (
    from incoming
    qualify row_number() over (partition by scene_id order by event_id desc) = 1
) as latest
on scene_now.scene_id = latest.scene_id
when matched then update
when not matched then insert;
