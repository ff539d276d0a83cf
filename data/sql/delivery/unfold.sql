-- Take one key out of delivery_now, to be followed at once by its new state.
-- $key varchar: a delivery_id
delete from delivery_now where delivery_id = $key;
