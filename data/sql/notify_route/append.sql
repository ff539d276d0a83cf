-- Append events to the log of notify_route; `incoming` has the columns of notify_route_event.
-- incoming: Arrow table registered by data/transaction.py
insert into notify_route_event from incoming;
