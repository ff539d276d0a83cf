-- Another worker of the community with a callsign.
-- $community_id varchar: the community
-- $callsign varchar: the callsign
-- $worker_id varchar: the worker who may have it, or null
-- -> worker_id
select worker_id
from worker_now
where
    community_id = $community_id
    and removed_at is null
    and callsign = $callsign
    and ($worker_id is null or worker_id <> $worker_id);
