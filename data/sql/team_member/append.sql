-- Append events to the log of team_member; `incoming` has exactly the columns of team_member_event.
-- incoming: Arrow table registered by data/transaction.py
insert into team_member_event from incoming;
