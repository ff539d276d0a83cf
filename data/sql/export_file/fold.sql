-- Fold the incoming events into export_file_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into export_file_now using (
    from incoming
    qualify row_number() over (partition by export_id order by event_id desc) = 1
) as latest
on export_file_now.export_id = latest.export_id
when matched then update
when not matched then insert;
