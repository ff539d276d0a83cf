-- How many of each there are in the registers of a community, with or without a position.
-- $community_id varchar: the community.
-- $key_place_kinds varchar[], $facility_kinds varchar[]: kinds of rules/vocabulary.py.
-- -> worker, care_recipient, key_place, facility, building, device, camera (counts)
with place_count as (
    select
        count(*) filter (where list_contains($key_place_kinds, kind)) as key_place,
        count(*) filter (where list_contains($facility_kinds, kind)) as facility,
        count(*) filter (where kind = 'building') as building
    from place_now
    where community_id = $community_id and removed_at is null
),

device_count as (
    select
        count(*) filter (where kind <> 'camera') as device,
        count(*) filter (where kind = 'camera') as camera
    from device_now
    where community_id = $community_id and removed_at is null
),

worker_count as (
    select count(*) as worker
    from worker_now
    where community_id = $community_id and removed_at is null
),

recipient_count as (
    select count(*) as care_recipient
    from care_recipient_now
    where community_id = $community_id and removed_at is null
)

select
    worker_count.worker,
    recipient_count.care_recipient,
    place_count.key_place,
    place_count.facility,
    place_count.building,
    device_count.device,
    device_count.camera
from worker_count
cross join recipient_count
cross join place_count
cross join device_count
