-- Append events to the log of community; `incoming` has exactly the columns of community_event.
-- incoming: Arrow table registered by data/transaction.py
insert into community_event from incoming;
