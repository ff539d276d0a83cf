-- Areas and everything below them.
-- $community_id varchar: whose register
-- $roots varchar[]: where to begin
-- -> area_id
with recursive reached as (
    select area_id from area_now
    where community_id = $community_id and list_contains($roots, area_id)
    union
    select a.area_id from area_now as a
    join reached as r on a.parent_id = r.area_id
    where a.community_id = $community_id
)
select area_id from reached;
