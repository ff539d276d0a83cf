-- Keep the sealed number a reporter left.
-- incoming: Arrow table with the columns of case_contact
insert into case_contact from incoming;
