-- What the registers of a community hold and lack, counted: live rows only.
-- $community_id varchar: the community
-- $placed_kinds varchar[]: kinds of places that stand at a point
-- -> counts named like the fields of rules/setup_checks.SetupFacts
with area as (
    select
        count(*) filter (where level = 'community' and geometry is not null) as boundaries,
        count(*) filter (where level = 'zone') as zones,
        count(*) filter (where level = 'grid') as grids,
        count(*) filter (where level = 'grid' and geometry is null) as grids_without_outline,
        count(*) filter (where level = 'grid' and leader_worker_id is null) as grids_without_leader
    from area_now
    where community_id = $community_id and removed_at is null
),

grid as (
    select area_id
    from area_now
    where
        community_id = $community_id
        and removed_at is null
        and level in ('grid', 'building', 'unit')
),

place as (
    select
        count(*) filter (where now.kind = 'building') as buildings,
        count(*) filter (
            where now.kind = 'building' and grid.area_id is null
        ) as buildings_without_grid,
        count(*) filter (where list_contains($placed_kinds, now.kind)) as places,
        count(*) filter (
            where list_contains($placed_kinds, now.kind) and now.lon is null
        ) as places_without_position,
        count(*) filter (
            where now.geometry is not null and now.source not in ('manual', 'simulator')
        ) as plan_shapes,
        count(*) filter (
            where
            now.geometry is not null
            and now.source not in ('manual', 'simulator')
            and now.attribution is null
        ) as uncredited,
        count(*) filter (where now.kind = 'qr_point') as qr_points
    from place_now as now
    left join grid on now.area_id = grid.area_id
    where now.community_id = $community_id and now.removed_at is null
),

device as (
    select
        count(*) filter (where kind = 'camera') as cameras,
        count(*) filter (where kind = 'camera' and heading_deg is null) as cameras_without_heading,
        count(*) filter (where kind = 'camera' and lon is null) as cameras_without_position,
        count(*) as devices,
        count(*) filter (where seen_at is null) as devices_never_seen
    from device_now
    where community_id = $community_id and removed_at is null
),

worker as (
    select count(*) as workers
    from worker_now
    where community_id = $community_id and removed_at is null
)

select
    area.boundaries,
    area.zones,
    area.grids,
    area.grids_without_outline,
    area.grids_without_leader,
    place.buildings,
    place.buildings_without_grid,
    place.places,
    place.places_without_position,
    place.plan_shapes,
    place.uncredited,
    place.qr_points,
    device.cameras,
    device.cameras_without_heading,
    device.cameras_without_position,
    device.devices,
    device.devices_never_seen,
    worker.workers
from area
cross join place
cross join device
cross join worker;
