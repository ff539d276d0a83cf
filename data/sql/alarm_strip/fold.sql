-- Fold the incoming events into alarm_strip_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into alarm_strip_now using (
    from incoming
    qualify row_number() over (partition by strip_id order by event_id desc) = 1
) as latest
on alarm_strip_now.strip_id = latest.strip_id
when matched then update
when not matched then insert;
