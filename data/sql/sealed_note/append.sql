-- Keep sealed notes.
-- incoming: Arrow table with the columns of sealed_note
insert into sealed_note from incoming;
