-- Append events to the log of consent; `incoming` has exactly the columns of consent_event.
-- incoming: Arrow table registered by data/transaction.py
insert into consent_event from incoming;
