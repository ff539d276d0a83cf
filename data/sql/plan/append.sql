-- Append events to the log of plan; `incoming` has exactly the columns of plan_event.
-- incoming: Arrow table registered by data/transaction.py
insert into plan_event from incoming;
