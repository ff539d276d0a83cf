-- Add sealed values of subjects that have none yet.
-- incoming: Arrow table with the columns of personal_field
insert into personal_field from incoming;
