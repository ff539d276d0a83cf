-- How many alarms of a community nobody has closed.
-- $community_id, $source varchar: the community; the source is not looked at
-- -> n
select count(*) as n
from alarm_now
where community_id = $community_id and closed_at is null and $source is not null;
