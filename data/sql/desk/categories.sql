-- Categories that cases of a community have, for the desk's category filter, commonest first.
-- $community_id varchar: the community
-- $reach varchar[]: the areas the viewer may see, or null for all
-- -> category, n (cases)
select
    c.category,
    count(*) as n
from case_now as c
where
    c.community_id = $community_id
    and ($reach::varchar[] is null or list_contains($reach, c.area_id))
group by c.category
order by n desc, c.category;
