-- Append events to the log of worker; `incoming` has exactly the columns of worker_event.
-- incoming: Arrow table registered by data/transaction.py
insert into worker_event from incoming;
