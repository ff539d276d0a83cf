-- Take one key out of care_recipient_now, to be followed at once by its new state.
-- $key varchar: a care_recipient_id
delete from care_recipient_now where care_recipient_id = $key;
