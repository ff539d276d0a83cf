-- Take one key out of organisation_now, to be followed at once by its new state.
-- $key varchar: a organisation_id
delete from organisation_now where organisation_id = $key;
