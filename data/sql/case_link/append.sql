-- Append events to the log of case_link; `incoming` has exactly the columns of case_link_event.
-- incoming: Arrow table registered by data/transaction.py
insert into case_link_event from incoming;
