-- Take one key out of message_now, to be followed at once by its new state.
-- $key varchar: a message_id
delete from message_now where message_id = $key;
