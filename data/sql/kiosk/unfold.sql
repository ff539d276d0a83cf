-- Take one key out of kiosk_now, to be followed at once by its new state.
-- $key varchar: a kiosk_id
delete from kiosk_now where kiosk_id = $key;
