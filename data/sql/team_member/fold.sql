-- Fold the incoming events into team_member_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into team_member_now using (
    from incoming
    qualify row_number() over (partition by team_member_id order by event_id desc) = 1
) as latest
on team_member_now.team_member_id = latest.team_member_id
when matched then update
when not matched then insert;
