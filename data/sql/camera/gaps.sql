-- What the cameras in use of a community lack. A demo's camera without a record lacks none of it:
-- its pictures are drawn.
-- $community_id varchar: the community
-- -> device_id, address, place (and area), position, fov, legal_class, sign (each true where it is
--    missing), observed (whether it was ever looked at), picture (true where none ever came)
with seen as (
    select
        device_id, sum(live_s + frozen_s + hidden_s + moved_s) as picture_s,
        sum(stalled_s + refused_s) as without_s
    from camera_day
    where community_id = $community_id
    group by device_id
),

found as (
    select
        device.device_id, device.place_id, device.area_id, device.lon, camera.kind,
        camera.secret_id, camera.fov_deg, camera.legal_class, camera.sign_posted,
        seen.picture_s, seen.without_s,
        camera.device_id is null and coalesce(community.is_demo, false) as drawn
    from device_now as device
    left join camera_now as camera
        on camera.device_id = device.device_id and camera.removed_at is null
    left join community_now as community on community.community_id = device.community_id
    left join seen on seen.device_id = device.device_id
    where
        device.community_id = $community_id
        and device.kind = 'camera'
        and device.removed_at is null
)

select
    device_id,
    not drawn and secret_id is null and coalesce(kind, '') not in ('demo', 'phone') as address,
    place_id is null and area_id is null as place,
    lon is null as position,
    not drawn and fov_deg is null as fov,
    not drawn and legal_class is null as legal_class,
    not drawn and not coalesce(sign_posted, false) as sign,
    coalesce(picture_s + without_s, 0) > 0 as observed,
    coalesce(picture_s, 0) = 0 and coalesce(without_s, 0) > 0 as picture
from found
order by device_id;
