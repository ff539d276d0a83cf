-- Append events to the log of category; `incoming` has exactly the columns of category_event.
-- incoming: Arrow table registered by data/transaction.py
insert into category_event from incoming;
