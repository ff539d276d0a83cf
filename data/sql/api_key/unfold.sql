-- Take one key out of api_key_now, to be followed at once by its new state.
-- $key varchar: a api_key_id
delete from api_key_now where api_key_id = $key;
