-- What the register already holds of the incoming cases of one source.
-- $community_id varchar, $source varchar: the register and its source
-- $source_ids varchar[]: the rows to look up
-- -> source_id, id, source_version, content_hash, and the facts a new version keeps
select
    now.source_id,
    now.case_id as id,
    now.source_version,
    now.content_hash,
    now.category,
    now.urgency,
    now.reported_at,
    now.status,
    now.closed_at,
    now.outcome,
    now.area_id,
    now.deadline_at,
    now.limit_value,
    now.limit_kind,
    now.source_status,
    now.clock_started_at,
    now.clock_pauses,
    now.clock_extensions,
    now.deadline_provisional,
    now.step_started_at,
    now.step_deadline_at,
    now.suspended_from,
    now.report_check,
    now.verification,
    now.asked_action,
    now.asked_actor,
    now.asked_worker_id,
    now.asked_deadline_at,
    now.responded_at,
    now.called_back_at,
    now.reached,
    now.rating,
    now.supervision,
    now.supervised_at,
    now.rework_count,
    now.return_count,
    now.merged_into
from case_now as now
join (select unnest($source_ids) as source_id) as incoming on incoming.source_id = now.source_id
where now.community_id = $community_id and now.source = $source;
