-- Append events to the log of notice; `incoming` has exactly the columns of notice_event.
-- incoming: Arrow table registered by data/transaction.py
insert into notice_event from incoming;
