-- The people at work of a community, for choosing and naming them.
-- $community_id varchar: the community
-- -> worker_id, callsign, kind, on_duty, organisation_id; by kind and callsign
select worker_id, callsign, kind, on_duty, organisation_id
from worker_now
where community_id = $community_id and removed_at is null
order by kind, callsign, worker_id;
