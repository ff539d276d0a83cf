-- Fold the incoming events into rights_request_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into rights_request_now using (
    from incoming
    qualify row_number() over (partition by request_id order by event_id desc) = 1
) as latest
on rights_request_now.request_id = latest.request_id
when matched then update
when not matched then insert;
