-- Append events to the log of plan_task; `incoming` has exactly the columns of plan_task_event.
-- incoming: Arrow table registered by data/transaction.py
insert into plan_task_event from incoming;
