-- Append events to the log of area; `incoming` has exactly the columns of area_event.
-- incoming: Arrow table registered by data/transaction.py
insert into area_event from incoming;
