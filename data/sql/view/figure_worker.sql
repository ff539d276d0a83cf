-- Workers, those on duty, and those on duty whose position is fresh enough to dispatch by.
-- $community_id varchar: the community.
-- $fresh_from timestamptz: positions taken before it are old (REFERENCE §8: 30 minutes).
-- -> workers, workers_on_duty, located (counts)
select
    count(*) as workers,
    count(*) filter (where worker.on_duty) as workers_on_duty,
    count(*) filter (where worker.on_duty and position.located_at >= $fresh_from) as located
from worker_now as worker
left join worker_position as position
    on worker.worker_id = position.worker_id and position.community_id = $community_id
where worker.community_id = $community_id and worker.removed_at is null
