-- Add recovery codes.
-- incoming: Arrow table with the columns of recovery_code
insert into recovery_code from incoming;
