-- Keep the free texts that came with case events.
-- incoming: Arrow table with the columns of case_text
insert into case_text from incoming;
