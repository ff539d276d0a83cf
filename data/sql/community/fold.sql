-- Fold the incoming events into community_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into community_now using (
    from incoming
    qualify row_number() over (partition by community_id order by event_id desc) = 1
) as latest
on community_now.community_id = latest.community_id
when matched then update
when not matched then insert;
