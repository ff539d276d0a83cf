-- Keep sealed numbers; `incoming` has exactly the columns of contact_number.
-- incoming: Arrow table registered by data/transaction.py
insert into contact_number from incoming;
