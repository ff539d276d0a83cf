-- Append lines to the audit chain; `incoming` has exactly the columns of audit_event.
-- incoming: Arrow table registered by data/transaction.py
insert into audit_event from incoming;
