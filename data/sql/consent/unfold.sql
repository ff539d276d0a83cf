-- Take one key out of consent_now, to be followed at once by its new state.
-- $key varchar: a consent_id
delete from consent_now where consent_id = $key;
