-- People whose file changed after an event, with the sealed values the name index reads.
-- $community_id varchar: the community
-- $since varchar: event id; empty for everybody
-- -> person_id, household_id, place_id, area_id, residence, completeness, removed, event_id, name, birth_date, phone (sealed),
--    phone_hash, number_hash (keyed hashes of telephone and identity number), by person_id
select
    p.person_id, p.household_id, p.place_id, p.area_id, p.residence, p.completeness,
    p.removed_at is not null as removed, p.event_id,
    name.sealed as name, birth.sealed as birth_date, phone.sealed as phone, phone.index_hash as phone_hash,
    number.index_hash as number_hash
from person_now as p
left join personal_field as name on name.subject_id = p.person_id and name.field = 'name'
left join personal_field as birth on birth.subject_id = p.person_id and birth.field = 'birth_date'
left join personal_field as phone on phone.subject_id = p.person_id and phone.field = 'phone'
left join personal_field as number on number.subject_id = p.person_id and number.field = 'id_number'
where p.community_id = $community_id and p.event_id > $since
order by p.person_id;
