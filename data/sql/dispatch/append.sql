-- Append events to the log of dispatch; `incoming` has exactly the columns of dispatch_event.
-- incoming: Arrow table registered by data/transaction.py
insert into dispatch_event from incoming;
