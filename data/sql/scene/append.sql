-- Append events to the log of scene; `incoming` has exactly the columns of scene_event.
-- incoming: Arrow table registered by data/transaction.py
insert into scene_event from incoming;
