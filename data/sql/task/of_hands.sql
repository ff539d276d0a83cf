-- What a worker and the worker's organisation are at work on, and what each case is; next due first.
-- $community_ids varchar[]: the communities the viewer may open
-- $worker_id varchar: the worker
-- $organisation_id varchar: the worker's organisation, or null
-- $statuses varchar[]: statuses of tasks to list
-- -> task_id, community_id, assignee_kind, assignee_id, status, sent_at, responded_at, finished_at,
--    due_at (UTC), case_id, case_status, case_version, category, urgency, place_zh, place_en,
--    area_zh, area_en, lon, lat (degrees, WGS-84; null on a source's default point), reported_at,
--    deadline_at (UTC)
select
    t.task_id,
    t.community_id,
    t.assignee_kind,
    t.assignee_id,
    t.status,
    t.sent_at,
    t.responded_at,
    t.finished_at,
    t.due_at,
    c.case_id,
    c.status as case_status,
    c.event_id as case_version,
    c.category,
    c.urgency,
    coalesce(p.name_zh, c.locality) as place_zh,
    coalesce(p.name_en, p.name_zh, c.locality) as place_en,
    a.name_zh as area_zh,
    coalesce(a.name_en, a.name_zh) as area_en,
    case when c.location_flag is null then c.lon end as lon,
    case when c.location_flag is null then c.lat end as lat,
    c.reported_at,
    c.deadline_at
from task_now as t
join case_now as c on t.case_id = c.case_id
left join place_now as p on c.place_id = p.place_id
left join area_now as a on c.area_id = a.area_id
where
    list_contains($community_ids::varchar[], t.community_id)
    and (
        (t.assignee_kind = 'worker' and t.assignee_id = $worker_id)
        or (t.assignee_kind = 'organisation' and t.assignee_id = $organisation_id)
    )
    and list_contains($statuses::varchar[], t.status)
order by t.due_at nulls last, t.sent_at, t.task_id;
