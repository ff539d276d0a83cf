-- Fold the incoming events into notice_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into notice_now using (
    from incoming
    qualify row_number() over (partition by notice_id order by event_id desc) = 1
) as latest
on notice_now.notice_id = latest.notice_id
when matched then update
when not matched then insert;
