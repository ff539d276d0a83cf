-- Append events to the log of camera_viewing; `incoming` has exactly the columns of camera_viewing_event.
-- incoming: Arrow table registered by data/transaction.py
insert into camera_viewing_event from incoming;
