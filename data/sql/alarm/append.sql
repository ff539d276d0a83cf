-- Append events to the log of alarm; `incoming` has exactly the columns of alarm_event.
-- incoming: Arrow table registered by data/transaction.py
insert into alarm_event from incoming;
