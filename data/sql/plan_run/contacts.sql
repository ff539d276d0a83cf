-- Contacts of a community, what each can be called for and whether it has a number.
-- $community_id varchar: the community
-- -> contact_id, services, reachable
select
    contact_id,
    services,
    work_number_id is not null or after_number_id is not null as reachable
from contact_now
where community_id = $community_id and removed_at is null;
