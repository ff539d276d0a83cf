-- People whose file changed after an event, with the sealed values the name index reads.
-- $community_id varchar: the community
-- $since varchar: event id; empty for everybody
-- -> person_id, household_id, place_id, area_id, residence, completeness, removed, event_id, name, birth_date, phone (sealed), by person_id
select
    p.person_id, p.household_id, p.place_id, p.area_id, p.residence, p.completeness,
    p.removed_at is not null as removed, p.event_id,
    name.sealed as name, birth.sealed as birth_date, phone.sealed as phone
from person_now as p
left join personal_field as name on name.subject_id = p.person_id and name.field = 'name'
left join personal_field as birth on birth.subject_id = p.person_id and birth.field = 'birth_date'
left join personal_field as phone on phone.subject_id = p.person_id and phone.field = 'phone'
where p.community_id = $community_id and p.event_id > $since
order by p.person_id;
