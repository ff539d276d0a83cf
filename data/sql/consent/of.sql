-- Consents of some people: those that hold, and the last day each purpose was withdrawn.
-- $person_ids varchar[]: whose
-- -> person_id, purpose, live (some consent holds), withdrawn_on (last withdrawal)
with incoming as (
    select unnest($person_ids) as person_id
)
select
    c.person_id, c.purpose, bool_or(c.withdrawn_on is null) as live, max(c.withdrawn_on) as withdrawn_on
from consent_now as c
join incoming on incoming.person_id = c.person_id
group by c.person_id, c.purpose
order by c.person_id, c.purpose;
