-- Cameras and other devices by what they last said; unknown is its own number, never online.
-- $community_id varchar: the community.
-- -> cameras, cameras_online, cameras_unknown, devices, devices_online (counts)
select
    count(*) filter (where kind = 'camera') as cameras,
    count(*) filter (where kind = 'camera' and state = 'online') as cameras_online,
    count(*) filter (where kind = 'camera' and state = 'unknown') as cameras_unknown,
    count(*) filter (where kind <> 'camera') as devices,
    count(*) filter (where kind <> 'camera' and state = 'online') as devices_online
from device_now
where community_id = $community_id and removed_at is null
