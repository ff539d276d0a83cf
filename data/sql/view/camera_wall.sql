-- The cameras of a community as a screen of their pictures needs them; no address, no credential.
-- $community_id varchar: the community.
-- -> id, name_zh, name_en, lon, lat (degrees, WGS-84; null where unknown), heading_deg (clockwise
--    from north), fov_deg (horizontal; null where unknown), area_id, zone_id, zone_zh, zone_en (the
--    area above its grid); by name
select
    d.device_id as id,
    d.name_zh,
    d.name_en,
    d.lon,
    d.lat,
    d.heading_deg,
    c.fov_deg,
    d.area_id,
    coalesce(z.area_id, g.area_id) as zone_id,
    coalesce(z.name_zh, g.name_zh) as zone_zh,
    coalesce(z.name_en, g.name_en) as zone_en
from device_now as d
left join camera_now as c on d.device_id = c.device_id and c.removed_at is null
left join area_now as g on d.area_id = g.area_id and g.removed_at is null
left join area_now as z on g.parent_id = z.area_id and z.level = 'zone' and z.removed_at is null
where d.community_id = $community_id and d.kind = 'camera' and d.removed_at is null
order by d.name_zh, d.device_id;
