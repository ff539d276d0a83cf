-- Fold the incoming events into building_file_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into building_file_now using (
    from incoming
    qualify row_number() over (partition by building_file_id order by event_id desc) = 1
) as latest
on building_file_now.building_file_id = latest.building_file_id
when matched then update
when not matched then insert;
