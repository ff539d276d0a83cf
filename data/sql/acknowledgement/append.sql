-- Append events to the log of acknowledgement; `incoming` has exactly the columns of acknowledgement_event.
-- incoming: Arrow table registered by data/transaction.py
insert into acknowledgement_event from incoming;
