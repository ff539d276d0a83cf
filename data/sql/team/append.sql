-- Append events to the log of team; `incoming` has exactly the columns of team_event.
-- incoming: Arrow table registered by data/transaction.py
insert into team_event from incoming;
