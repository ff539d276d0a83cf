-- Cameras in use of a community, with what their records say; never an address.
-- $community_id varchar: the community
-- -> device_id, source_id, name_zh, name_en, area_zh, area_en, place_zh, place_en, heading_deg,
--    version (event of the record; null where there is none), kind, scheme, has_address, gb_id,
--    fov_deg (degrees), range_m (metres), legal_class, site, sign_posted, owner, retention_days,
--    filed_with_police, pre_event (null where nobody said)
select
    device.device_id, device.source_id, device.name_zh, device.name_en, area.name_zh as area_zh,
    area.name_en as area_en, place.name_zh as place_zh, place.name_en as place_en,
    device.heading_deg, camera.event_id as version, camera.kind, camera.scheme,
    camera.secret_id is not null as has_address, camera.gb_id, camera.fov_deg, camera.range_m,
    camera.legal_class, camera.site, camera.sign_posted, camera.owner, camera.retention_days,
    camera.filed_with_police, camera.pre_event
from device_now as device
left join camera_now as camera
    on camera.device_id = device.device_id and camera.removed_at is null
left join area_now as area on area.area_id = device.area_id
left join place_now as place on place.place_id = device.place_id
where
    device.community_id = $community_id and device.kind = 'camera' and device.removed_at is null
order by camera.device_id is null, device.name_zh, device.device_id;
