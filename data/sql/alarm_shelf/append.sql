-- Append events to the log of alarm_shelf; `incoming` has exactly the columns of alarm_shelf_event.
-- incoming: Arrow table registered by data/transaction.py
insert into alarm_shelf_event from incoming;
