-- Append events to the log of gate_call; `incoming` has exactly the columns of gate_call_event.
-- incoming: Arrow table registered by data/transaction.py
insert into gate_call_event from incoming;
