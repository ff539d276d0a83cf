-- Append events to the log of device; `incoming` has exactly the columns of device_event.
-- incoming: Arrow table registered by data/transaction.py
insert into device_event from incoming;
