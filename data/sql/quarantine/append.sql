-- Set rows aside.
-- incoming: Arrow table with the columns of quarantine
insert into quarantine from incoming;
