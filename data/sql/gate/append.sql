-- Append events to the log of gate; `incoming` has exactly the columns of gate_event.
-- incoming: Arrow table registered by data/transaction.py
insert into gate_event from incoming;
