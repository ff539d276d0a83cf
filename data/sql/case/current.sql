-- The whole current state of some cases of one community.
-- $community_id varchar: the community
-- $case_ids varchar[]: the cases, each once
-- -> every column of case_event
select
    now.event_id, now.event_kind, now.happened_at, now.recorded_at, now.actor, now.case_id,
    now.community_id, now.status, now.category, now.urgency, now.channel, now.place_id,
    now.area_id, now.locality, now.lon, now.lat, now.source_crs, now.raw_x, now.raw_y,
    now.accuracy_m, now.location_flag, now.reported_at, now.deadline_at, now.limit_value,
    now.limit_kind, now.closed_at, now.outcome, now.source_flag, now.source, now.source_id,
    now.source_version, now.content_hash, now.action, now.source_status, now.clock_started_at,
    now.clock_pauses, now.clock_extensions, now.deadline_provisional, now.step_started_at,
    now.step_deadline_at, now.suspended_from, now.report_check, now.verification,
    now.asked_action, now.asked_actor, now.asked_worker_id, now.asked_deadline_at,
    now.responded_at, now.called_back_at, now.reached, now.rating, now.supervision,
    now.supervised_at, now.rework_count, now.return_count, now.merged_into
from case_now as now
join (select unnest($case_ids) as case_id) as incoming on incoming.case_id = now.case_id
where now.community_id = $community_id;
