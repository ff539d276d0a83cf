-- What people did with cases on a shift.
-- $community_id varchar: the community. $since, $until timestamptz: the shift.
-- -> action (a code of CASE_ACTIONS), n; most first
select action, count(*) as n
from case_event
where
    community_id = $community_id
    and event_kind = 'moved'
    and action is not null
    and happened_at >= $since
    and happened_at < $until
group by action
order by n desc, action;
