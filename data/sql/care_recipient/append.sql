-- Append events to the log of care_recipient; `incoming` has exactly the columns of care_recipient_event.
-- incoming: Arrow table registered by data/transaction.py
insert into care_recipient_event from incoming;
