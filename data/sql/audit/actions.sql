-- Every action there are lines of, to choose from.
-- $community_id varchar: in it, or in the whole installation
-- -> action varchar, n bigint
select action, count(*) as n
from audit_event
where community_id in ($community_id, '')
group by action
order by action;
