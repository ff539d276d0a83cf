-- Append events to the log of organisation; `incoming` has exactly the columns of organisation_event.
-- incoming: Arrow table registered by data/transaction.py
insert into organisation_event from incoming;
