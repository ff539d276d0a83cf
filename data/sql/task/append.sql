-- Append events to the log of task; `incoming` has exactly the columns of task_event.
-- incoming: Arrow table registered by data/transaction.py
insert into task_event from incoming;
