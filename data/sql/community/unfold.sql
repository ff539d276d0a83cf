-- Take one key out of community_now, to be followed at once by its new state.
-- $key varchar: a community_id
delete from community_now where community_id = $key;
