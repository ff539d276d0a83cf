-- Take one key out of dispatch_now, to be followed at once by its new state.
-- $key varchar: a dispatch_id
delete from dispatch_now where dispatch_id = $key;
