-- Take one key out of scene_now, to be followed at once by its new state.
-- $key varchar: a scene_id
delete from scene_now where scene_id = $key;
