-- The runs that have not ended, the first started first.
-- $community_id varchar: the community, or null for all
-- -> every column of plan_run_event but recorded_at, and place_zh, place_en
select
    r.event_id, r.event_kind, r.happened_at, r.actor, r.run_id, r.community_id, r.plan_id,
    r.version, r.kind, r.title_zh, r.title_en, r.drill, r.started_at, r.started_by,
    r.started_worker_id, r.confirm_by, r.confirmation, r.confirmed_by, r.note_id, r.place_id,
    r.area_id, r.case_id, r.alarm_id, r.shortfalls, r.ended_at, r.ended_by, r.gathered,
    r.destroyed_at, r.proof, p.name_zh as place_zh, p.name_en as place_en
from plan_run_now as r
left join place_now as p on r.place_id = p.place_id
where r.ended_at is null and ($community_id is null or r.community_id = $community_id)
order by r.started_at, r.run_id;
