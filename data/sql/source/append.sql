-- Append events to the log of source; `incoming` has exactly the columns of source_event.
-- incoming: Arrow table registered by data/transaction.py
insert into source_event from incoming;
