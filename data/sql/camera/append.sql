-- Append events to the log of camera; `incoming` has exactly the columns of camera_event.
-- incoming: Arrow table registered by data/transaction.py
insert into camera_event from incoming;
