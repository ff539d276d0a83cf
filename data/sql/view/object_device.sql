-- Devices and cameras with a position, as objects of the one map.
-- $community_id varchar: the community.
-- -> id, layer (camera, device), kind, name_zh, name_en, lon, lat (degrees, WGS-84),
--    state (online, offline, fault, unknown); by id
select
    device_id as id,
    case when kind = 'camera' then 'camera' else 'device' end as layer,
    kind,
    name_zh,
    name_en,
    lon,
    lat,
    state
from device_now
where community_id = $community_id and removed_at is null and lon is not null
order by device_id
