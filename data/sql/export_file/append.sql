-- Append events to the log of export_file; `incoming` has exactly the columns of export_file_event.
-- incoming: Arrow table registered by data/transaction.py
insert into export_file_event from incoming;
