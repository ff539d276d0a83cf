-- Shapes of the local plan: buildings, roads, green, water and outlines, as GeoJSON geometry.
-- $community_id varchar: the community.
-- $plan_kinds varchar[]: PLAN_KINDS of rules/vocabulary.py.
-- -> id, layer, kind, name_zh, name_en, floors, attribution, geometry (GeoJSON text, WGS-84); by id
select
    place_id as id,
    kind as layer,
    kind,
    name_zh,
    name_en,
    floors,
    attribution,
    geometry
from place_now
where
    community_id = $community_id
    and removed_at is null
    and geometry is not null
    and list_contains($plan_kinds, kind)
order by place_id
