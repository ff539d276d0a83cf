-- People registered in each building, for counts without faces; small ones are hidden afterwards.
-- $community_id varchar: the community
-- $reach varchar[] or null: areas the viewer may see; null for all
-- -> place_id (null where unknown), area_id, people
select place_id, any_value(area_id) as area_id, count(*) as people
from person_now
where community_id = $community_id and removed_at is null and ($reach is null or list_contains($reach, area_id))
group by place_id
order by place_id;
