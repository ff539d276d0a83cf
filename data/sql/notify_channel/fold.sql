-- Fold incoming events into notify_channel_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into notify_channel_now using (
    from incoming
    qualify row_number() over (partition by channel_id order by event_id desc) = 1
) as latest
on notify_channel_now.channel_id = latest.channel_id
when matched then update
when not matched then insert;
