-- Take one key out of video_call_now, to be followed at once by its new state.
-- $key varchar: a call_id
delete from video_call_now where call_id = $key;
