-- Append events to the log of alarm_strip; `incoming` has exactly the columns of alarm_strip_event.
-- incoming: Arrow table registered by data/transaction.py
insert into alarm_strip_event from incoming;
