-- Categories that cases of a community have, for the desk's category filter, commonest first.
-- $community_id varchar: the community
-- -> category, n (cases)
select
    c.category,
    count(*) as n
from case_now as c
where c.community_id = $community_id
group by c.category
order by n desc, c.category;
