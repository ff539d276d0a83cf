-- Take one key out of rights_request_now, to be followed at once by its new state.
-- $key varchar: a request_id
delete from rights_request_now where request_id = $key;
