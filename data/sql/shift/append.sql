-- Append events to the log of shift; `incoming` has exactly the columns of shift_event.
-- incoming: Arrow table registered by data/transaction.py
insert into shift_event from incoming;
