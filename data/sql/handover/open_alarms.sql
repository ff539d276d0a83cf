-- How many alarms of a community nobody has closed.
-- $community_id varchar: the community
-- -> n
select count(*) as n
from alarm_now
where community_id = $community_id and closed_at is null;
