-- Append events to the log of case; `incoming` has exactly the columns of case_event.
-- incoming: Arrow table registered by data/transaction.py
insert into case_event from incoming;
