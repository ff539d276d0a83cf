-- Fold the incoming events into case_link_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into case_link_now using (
    from incoming
    qualify row_number() over (partition by link_id order by event_id desc) = 1
) as latest
on case_link_now.link_id = latest.link_id
when matched then update
when not matched then insert;
