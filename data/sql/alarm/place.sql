-- Registered places by our id, or by the id a source knows them under.
-- $community_id varchar: the community
-- $references varchar[]: what the signals name
-- -> reference, place_id, area_id
with wanted as (
    select unnest($references) as reference
)

select
    w.reference,
    p.place_id,
    p.area_id
from wanted as w
join place_now as p on p.place_id = w.reference or p.source_id = w.reference
where p.community_id = $community_id and p.removed_at is null
qualify row_number() over (
    partition by w.reference order by p.place_id = w.reference desc, p.place_id
) = 1;
