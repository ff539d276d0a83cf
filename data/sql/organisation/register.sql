-- The organisations of a community and how many contacts each has.
-- $community_id varchar: the community
-- -> organisation_id, version (event id), kind, name_zh, name_en, contacts; by kind and name
select
    organisation.organisation_id,
    organisation.event_id as version,
    organisation.kind,
    organisation.name_zh,
    organisation.name_en,
    count(contact.contact_id) as contacts
from organisation_now as organisation
left join contact_now as contact
    on organisation.organisation_id = contact.organisation_id
    and contact.community_id = $community_id
    and contact.removed_at is null
where organisation.community_id = $community_id and organisation.removed_at is null
group by all
order by organisation.kind, organisation.name_zh, organisation.organisation_id;
