-- How often an officer has looked somebody up by number of late.
-- $actor varchar: who
-- $since timestamptz: from when on, UTC
-- -> n bigint
select count(*) as n
from audit_event
where action = 'rights.find' and actor = $actor and happened_at >= $since;
