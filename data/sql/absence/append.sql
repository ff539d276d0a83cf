-- Append events to the log of absence; `incoming` has exactly the columns of absence_event.
-- incoming: Arrow table registered by data/transaction.py
insert into absence_event from incoming;
