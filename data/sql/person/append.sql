-- Append events to the log of person; `incoming` has exactly the columns of person_event.
-- incoming: Arrow table registered by data/transaction.py
insert into person_event from incoming;
