-- Append events to the log of building_file; `incoming` has exactly the columns of building_file_event.
-- incoming: Arrow table registered by data/transaction.py
insert into building_file_event from incoming;
