-- Take one key out of worker_now, to be followed at once by its new state.
-- $key varchar: a worker_id
delete from worker_now where worker_id = $key;
