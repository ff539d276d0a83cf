-- Append events to the log of contact; `incoming` has exactly the columns of contact_event.
-- incoming: Arrow table registered by data/transaction.py
insert into contact_event from incoming;
