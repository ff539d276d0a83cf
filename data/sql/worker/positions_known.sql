-- The last position times of the incoming workers.
-- $community_id varchar: the community
-- incoming(worker_id): the workers
-- -> worker_id, located_at
select position.worker_id, position.located_at
from worker_position as position
join incoming on incoming.worker_id = position.worker_id
where position.community_id = $community_id;
