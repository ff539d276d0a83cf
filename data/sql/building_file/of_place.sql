-- The file of a building with its whole state, and where the building lies.
-- $community_id varchar, $place_id varchar: which building
-- -> place columns place_kind, name_zh, name_en, area_id, and every column an event of the file carries on (null without a file)
select
    place.place_id, place.kind as place_kind, place.name_zh, place.name_en, place.area_id,
    place.floors, place.households, place.attribution, file.building_file_id, file.built_year, file.floors_above,
    file.floors_below, file.lifts, file.units, file.structure, file.property_company, file.source, file.source_id,
    file.source_version, file.content_hash
from place_now as place
left join building_file_now as file
    on file.place_id = place.place_id and file.community_id = place.community_id and file.removed_at is null
where place.community_id = $community_id and place.place_id = $place_id and place.removed_at is null
order by file.event_id desc
limit 1;
