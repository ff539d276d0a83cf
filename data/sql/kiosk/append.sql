-- Append events to the log of kiosk; `incoming` has exactly the columns of kiosk_event.
-- incoming: Arrow table registered by data/transaction.py
insert into kiosk_event from incoming;
