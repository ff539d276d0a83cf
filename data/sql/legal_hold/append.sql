-- Append events to the log of legal_hold; `incoming` has exactly the columns of legal_hold_event.
-- incoming: Arrow table registered by data/transaction.py
insert into legal_hold_event from incoming;
