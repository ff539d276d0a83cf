-- Append events to the log of handover; `incoming` has exactly the columns of handover_event.
-- incoming: Arrow table registered by data/transaction.py
insert into handover_event from incoming;
