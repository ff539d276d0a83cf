-- Append events to the log of delivery; `incoming` has exactly the columns of delivery_event.
-- incoming: Arrow table registered by data/transaction.py
insert into delivery_event from incoming;
