-- Fold the incoming events into notify_route_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into notify_route_now using (
    from incoming
    qualify row_number() over (partition by route_id order by event_id desc) = 1
) as latest
on notify_route_now.route_id = latest.route_id
when matched then update
when not matched then insert;
