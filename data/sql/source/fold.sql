-- Fold the incoming events into source_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into source_now using (
    from incoming
    qualify row_number() over (partition by source, community_id order by event_id desc) = 1
) as latest
on source_now.source = latest.source and source_now.community_id = latest.community_id
when matched then update
when not matched then insert;
