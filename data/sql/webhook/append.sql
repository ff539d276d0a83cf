-- Append events to the log of webhook; `incoming` has exactly the columns of webhook_event.
-- incoming: Arrow table registered by data/transaction.py
insert into webhook_event from incoming;
