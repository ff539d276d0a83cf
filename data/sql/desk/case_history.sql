-- Every event of one case in the order of recording, each with the whole state after it.
-- $case_id varchar: the case
-- -> event_id, event_kind, happened_at, recorded_at, actor, status, category, urgency, channel,
--    place_id, area_id, locality, lon, lat, location_flag, reported_at, deadline_at, limit_value,
--    limit_kind, closed_at, outcome, source_flag, source_version, place_zh, place_en, area_zh,
--    area_en, has_text, title, description, address (texts this event brought), note (what was
--    written with the move), action, source_status, step_deadline_at, report_check, verification,
--    reached, rating, supervision, asked_action, asked_deadline_at, merged_into
select
    e.event_id,
    e.event_kind,
    e.happened_at,
    e.recorded_at,
    e.actor,
    e.status,
    e.category,
    e.urgency,
    e.channel,
    e.place_id,
    e.area_id,
    e.locality,
    e.lon,
    e.lat,
    e.location_flag,
    e.reported_at,
    e.deadline_at,
    e.limit_value,
    e.limit_kind,
    e.closed_at,
    e.outcome,
    e.source_flag,
    e.source_version,
    place.name_zh as place_zh,
    place.name_en as place_en,
    area.name_zh as area_zh,
    area.name_en as area_en,
    coalesce(t.title, t.description, t.address) is not null as has_text,
    t.title,
    t.description,
    t.address,
    t.note,
    e.action,
    e.source_status,
    e.step_deadline_at,
    e.report_check,
    e.verification,
    e.reached,
    e.rating,
    e.supervision,
    e.asked_action,
    e.asked_deadline_at,
    e.merged_into
from case_event as e
left join case_text as t on e.event_id = t.event_id and t.case_id = $case_id
left join place_now as place
    on e.place_id = place.place_id and e.community_id = place.community_id
left join area_now as area
    on e.area_id = area.area_id and e.community_id = area.community_id
where e.case_id = $case_id
order by e.event_id;
