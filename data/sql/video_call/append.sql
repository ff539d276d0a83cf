-- Append events to the log of video_call; `incoming` has exactly the columns of video_call_event.
-- incoming: Arrow table registered by data/transaction.py
insert into video_call_event from incoming;
