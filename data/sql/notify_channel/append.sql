-- Append events to the log of notify_channel; `incoming` has the columns of notify_channel_event.
-- incoming: Arrow table registered by data/transaction.py
insert into notify_channel_event from incoming;
