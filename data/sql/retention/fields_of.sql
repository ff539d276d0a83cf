-- Which sealed values some people have, and which of their consents no longer hold.
-- $person_ids varchar[]: whose
-- -> subject_id, fields varchar[], withdrawn varchar[] (purposes without a consent that holds)
with value as (
    select subject_id, list(field order by field) as fields
    from personal_field
    where subject_id in (select unnest($person_ids))
    group by subject_id
),

ended as (
    select person_id, purpose
    from consent_now
    where person_id in (select unnest($person_ids))
    group by person_id, purpose
    having count(*) filter (where withdrawn_on is null) = 0
),

purposes as (
    select person_id, list(purpose order by purpose) as withdrawn
    from ended
    group by person_id
)

select value.subject_id, value.fields, coalesce(purposes.withdrawn, []) as withdrawn
from value
left join purposes on purposes.person_id = value.subject_id
order by value.subject_id;
