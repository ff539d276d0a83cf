-- The sealed numbers the contacts of a community have now.
-- $community_id varchar: the community
-- -> contact_id, part (work, after), sealed; by contact
select contact.contact_id, 'work' as part, number.sealed
from contact_now as contact
join contact_number as number on contact.work_number_id = number.number_id
where contact.community_id = $community_id and contact.removed_at is null
union all
select contact.contact_id, 'after' as part, number.sealed
from contact_now as contact
join contact_number as number on contact.after_number_id = number.number_id
where contact.community_id = $community_id and contact.removed_at is null
order by contact_id;
