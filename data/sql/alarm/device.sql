-- Registered devices by our id, or by the id a source knows them under.
-- $community_id varchar: the community
-- $references varchar[]: what the signals name
-- -> reference, device_id, kind, place_id, area_id (of the device, else of its place)
with wanted as (
    select unnest($references) as reference
),

matches as (
    select w.reference, d.device_id, d.kind, d.place_id, d.area_id, 1 as rank
    from wanted as w
    join device_now as d on d.device_id = w.reference
    where d.community_id = $community_id and d.removed_at is null
    union all
    select w.reference, d.device_id, d.kind, d.place_id, d.area_id, 2 as rank
    from wanted as w
    join device_now as d on d.source_id = w.reference
    where d.community_id = $community_id and d.removed_at is null
)

select
    m.reference,
    m.device_id,
    m.kind,
    m.place_id,
    coalesce(m.area_id, p.area_id) as area_id
from matches as m
left join place_now as p on m.place_id = p.place_id
qualify row_number() over (partition by m.reference order by m.rank, m.device_id) = 1;
