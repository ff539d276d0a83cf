-- How many strips of pictures a community has kept since a moment.
-- $community_id varchar: the community
-- $since timestamptz: the moment, UTC
-- -> n
select count(*) as n
from alarm_strip_now
where community_id = $community_id and happened_at > $since;
