-- Append events to the log of place; `incoming` has exactly the columns of place_event.
-- incoming: Arrow table registered by data/transaction.py
insert into place_event from incoming;
