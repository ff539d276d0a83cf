-- Add sessions.
-- incoming: Arrow table with the columns of session
insert into session from incoming;
