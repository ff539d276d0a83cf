-- What the audit says about one person: when, what, in which role and for what; never who.
-- $person_id varchar: whose
-- $most integer: the newest so many
-- -> happened_at (UTC), action, result, role, field, purpose
select happened_at, action, result, role, field, purpose
from audit_event
where subject_id = $person_id
order by seq desc
limit $most;
