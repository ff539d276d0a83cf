-- Append events to the log of household; `incoming` has exactly the columns of household_event.
-- incoming: Arrow table registered by data/transaction.py
insert into household_event from incoming;
