-- Take one key out of webhook_now, to be followed at once by its new state.
-- $key varchar: a webhook_id
delete from webhook_now where webhook_id = $key;
