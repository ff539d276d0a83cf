-- The whole state of a case before one of its events.
-- $case_id varchar: the case
-- $event_id varchar: the event
-- -> every column of case_event; one row, or none where the event is the first
select
    event_id, event_kind, happened_at, recorded_at, actor, case_id, community_id, status,
    category, urgency, channel, place_id, area_id, locality, lon, lat, source_crs, raw_x, raw_y,
    accuracy_m, location_flag, reported_at, deadline_at, limit_value, limit_kind, closed_at,
    outcome, source_flag, source, source_id, source_version, content_hash, action, source_status,
    clock_started_at, clock_pauses, clock_extensions, deadline_provisional, step_started_at,
    step_deadline_at, suspended_from, report_check, verification, asked_action, asked_actor,
    asked_worker_id, asked_deadline_at, responded_at, called_back_at, reached, rating,
    supervision, supervised_at, rework_count, return_count, merged_into
from case_event
where case_id = $case_id and event_id < $event_id
order by event_id desc
limit 1;
