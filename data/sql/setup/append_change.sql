-- Append the rows of one step; `incoming` has exactly the columns of setup_change.
-- incoming: Arrow table registered by data/transaction.py
insert into setup_change from incoming;
