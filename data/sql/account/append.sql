-- Append events to the log of account; `incoming` has exactly the columns of account_event.
-- incoming: Arrow table registered by data/transaction.py
insert into account_event from incoming;
