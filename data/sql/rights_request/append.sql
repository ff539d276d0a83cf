-- Append events to the log of rights_request; `incoming` has exactly the columns of rights_request_event.
-- incoming: Arrow table registered by data/transaction.py
insert into rights_request_event from incoming;
