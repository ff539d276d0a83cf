-- Append events to the log of approval; `incoming` has exactly the columns of approval_event.
-- incoming: Arrow table registered by data/transaction.py
insert into approval_event from incoming;
