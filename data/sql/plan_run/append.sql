-- Append events to the log of plan_run; `incoming` has exactly the columns of plan_run_event.
-- incoming: Arrow table registered by data/transaction.py
insert into plan_run_event from incoming;
