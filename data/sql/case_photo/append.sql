-- Append events to the log of case_photo; `incoming` has exactly the columns of case_photo_event.
-- incoming: Arrow table registered by data/transaction.py
insert into case_photo_event from incoming;
