-- The contacts of an organisation.
-- $community_id varchar: the community
-- $organisation_id varchar: the organisation
-- -> contact_id; by id
select contact_id
from contact_now
where community_id = $community_id and organisation_id = $organisation_id and removed_at is null
order by contact_id;
