-- Fold incoming events that are the first of their keys, one each: nothing to match, only to add.
-- incoming: Arrow table registered by data/transaction.py
insert into alarm_strip_now from incoming;
