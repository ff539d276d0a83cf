-- Replace the last position of each worker; older ones are not kept (DOMAIN R20).
-- incoming: Arrow table with the columns of worker_position, one row per worker
merge into worker_position
using incoming
on worker_position.worker_id = incoming.worker_id
when matched then update
when not matched then insert;
