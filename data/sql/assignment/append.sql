-- Append events to the log of assignment; `incoming` has exactly the columns of assignment_event.
-- incoming: Arrow table registered by data/transaction.py
insert into assignment_event from incoming;
