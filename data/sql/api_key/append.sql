-- Append events to the log of api_key; `incoming` has exactly the columns of api_key_event.
-- incoming: Arrow table registered by data/transaction.py
insert into api_key_event from incoming;
