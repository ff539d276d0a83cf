-- Everything known about one case, with the names behind its references and its latest texts.
-- $case_id varchar: the case
-- -> the facts of case_now with event_id (its version), updated_at (recording of the last event), place_zh, place_en,
--    place_kind, area_zh, area_en, community_zh, community_en, timezone, is_demo, title,
--    description, address; one row, or none for an unknown id
with wording as (
    select
        arg_max(t.title, t.event_id) as title,
        arg_max(t.description, t.event_id) as description,
        arg_max(t.address, t.event_id) as address
    from case_text as t
    where t.case_id = $case_id
)
select
    c.case_id,
    c.community_id,
    c.status,
    c.category,
    c.urgency,
    c.channel,
    c.place_id,
    c.area_id,
    c.locality,
    c.lon,
    c.lat,
    c.source_crs,
    c.raw_x,
    c.raw_y,
    c.accuracy_m,
    c.location_flag,
    c.reported_at,
    c.deadline_at,
    c.limit_value,
    c.limit_kind,
    c.closed_at,
    c.outcome,
    c.source_flag,
    c.source,
    c.source_id,
    c.source_version,
    c.event_id,
    c.event_kind,
    c.actor,
    c.recorded_at as updated_at,
    c.clock_started_at,
    c.clock_pauses,
    c.clock_extensions,
    c.deadline_provisional,
    c.step_started_at,
    c.step_deadline_at,
    c.suspended_from,
    c.report_check,
    c.verification,
    c.asked_action,
    c.asked_actor,
    c.asked_worker_id,
    c.asked_deadline_at,
    c.responded_at,
    c.called_back_at,
    c.reached,
    c.rating,
    c.supervision,
    c.supervised_at,
    c.rework_count,
    c.return_count,
    c.merged_into,
    c.source_status,
    c.action,
    place.name_zh as place_zh,
    place.name_en as place_en,
    place.kind as place_kind,
    area.name_zh as area_zh,
    area.name_en as area_en,
    community.name_zh as community_zh,
    community.name_en as community_en,
    coalesce(community.timezone, 'Asia/Shanghai') as timezone,
    coalesce(community.is_demo, false) as is_demo,
    w.title,
    w.description,
    w.address
from case_now as c
cross join wording as w
left join community_now as community on c.community_id = community.community_id
left join place_now as place
    on c.place_id = place.place_id and c.community_id = place.community_id
left join area_now as area
    on c.area_id = area.area_id and c.community_id = area.community_id
where c.case_id = $case_id;
