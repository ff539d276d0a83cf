-- The home of each of some people.
-- $person_ids varchar[]: whose
-- -> person_id, household_id
select person_id, household_id
from person_now
where list_contains($person_ids, person_id) and household_id is not null
order by person_id;
