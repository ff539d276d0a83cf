-- The contacts of a community without their numbers.
-- $community_id varchar: the community
-- -> contact_id, version (event id), post_zh, post_en, services, work_days, work_from, work_until,
--    has_work, has_after (booleans), organisation_id, organisation_zh, organisation_en,
--    organisation_kind; by organisation and post
select
    contact.contact_id,
    contact.event_id as version,
    contact.post_zh,
    contact.post_en,
    contact.services,
    contact.work_days,
    contact.work_from,
    contact.work_until,
    contact.work_number_id is not null as has_work,
    contact.after_number_id is not null as has_after,
    contact.organisation_id,
    organisation.name_zh as organisation_zh,
    organisation.name_en as organisation_en,
    organisation.kind as organisation_kind
from contact_now as contact
left join organisation_now as organisation
    on contact.organisation_id = organisation.organisation_id
    and organisation.community_id = $community_id
where contact.community_id = $community_id and contact.removed_at is null
order by organisation.kind, organisation.name_zh, contact.post_zh, contact.contact_id;
