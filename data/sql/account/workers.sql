-- The workers of communities that an account may belong to.
-- $community_ids varchar[]: the communities
-- -> worker_id, community_id, callsign, kind
select worker_id, community_id, callsign, kind
from worker_now
where list_contains($community_ids::varchar[], community_id) and removed_at is null
order by callsign, worker_id;
