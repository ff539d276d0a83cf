-- Append proof lines of retention.
-- incoming: Arrow table with the columns of retention_run
insert into retention_run from incoming;
