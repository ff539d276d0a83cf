-- How many care recipients live in each building; small counts are hidden afterwards.
-- $community_id varchar: the community
-- -> place_id, area_id, people
select r.place_id, any_value(place.area_id) as area_id, count(*) as people
from care_recipient_now as r
left join place_now as place on place.place_id = r.place_id and place.community_id = r.community_id
where r.community_id = $community_id and r.removed_at is null
group by r.place_id
order by r.place_id;
