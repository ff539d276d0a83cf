-- Fold the incoming events into team_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into team_now using (
    from incoming
    qualify row_number() over (partition by team_id order by event_id desc) = 1
) as latest
on team_now.team_id = latest.team_id
when matched then update
when not matched then insert;
