-- Find people at work by our id, by their source's own id, or by callsign.
-- $community_id varchar: the community
-- $names varchar[]: how they are named
-- -> name, worker_id, organisation_id; the same name may fit several
select wanted.name, worker.worker_id, worker.organisation_id
from (select unnest($names::varchar[]) as name) as wanted
join worker_now as worker
    on wanted.name in (worker.worker_id, worker.source_id, worker.callsign)
where worker.community_id = $community_id and worker.removed_at is null
order by wanted.name, worker.worker_id;
