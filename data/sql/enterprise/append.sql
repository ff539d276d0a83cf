-- Append events to the log of enterprise; `incoming` has exactly the columns of enterprise_event.
-- incoming: Arrow table registered by data/transaction.py
insert into enterprise_event from incoming;
