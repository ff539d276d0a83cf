-- How many values somebody has opened lately.
-- $actor varchar: who
-- $since timestamptz: from when on
-- -> n
select count(*) as n
from audit_event
where actor = $actor and action = 'person.unmask' and result = 'done' and recorded_at > $since;
