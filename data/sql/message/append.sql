-- Append events to the log of message; `incoming` has exactly the columns of message_event.
-- incoming: Arrow table registered by data/transaction.py
insert into message_event from incoming;
