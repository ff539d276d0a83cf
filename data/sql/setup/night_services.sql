-- The services for which some contact has a number after hours.
-- $community_id varchar: the community
-- -> service
select distinct unnest(services) as service
from contact_now
where community_id = $community_id and removed_at is null and after_number_id is not null
order by service;
