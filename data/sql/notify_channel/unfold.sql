-- Take one key out of notify_channel_now, to be followed at once by its new state.
-- $key varchar: a channel_id
delete from notify_channel_now where channel_id = $key;
