-- Cases of a week: reported or ended in it, or open at its end; facts without any text.
-- $community_id varchar: the community. $reach varchar[]: only cases of these areas; null for all.
-- $start_at, $end_at timestamptz: the week, its end not in it.
-- -> case_id, category, urgency, status, area_id, area_zh, area_en, place_zh, place_en, locality,
--    channel, outcome, limit_value, limit_kind, action, asked_action, reached, rating,
--    rework_count, return_count, supervision, merged_into, responders (how many were sent),
--    reported_at, deadline_at, closed_at, ended_at, responded_at, step_started_at (UTC)
with sent as (
    select case_id, count(*) as responders
    from task_now
    where community_id = $community_id and case_id is not null
    group by case_id
)

select
    c.case_id,
    c.category,
    c.urgency,
    c.status,
    c.area_id,
    a.name_zh as area_zh,
    a.name_en as area_en,
    p.name_zh as place_zh,
    p.name_en as place_en,
    c.locality,
    c.channel,
    c.outcome,
    c.limit_value,
    c.limit_kind,
    c.action,
    c.asked_action,
    c.reached,
    c.rating,
    c.rework_count,
    c.return_count,
    c.supervision,
    c.merged_into,
    coalesce(s.responders, 0) as responders,
    c.reported_at,
    c.deadline_at,
    c.closed_at,
    case
        when c.status in ('closed', 'rejected', 'cancelled')
            then coalesce(c.closed_at, c.step_started_at, c.recorded_at)
    end as ended_at,
    c.responded_at,
    c.step_started_at
from case_now as c
left join area_now as a on c.area_id = a.area_id and c.community_id = a.community_id
left join place_now as p on c.place_id = p.place_id and c.community_id = p.community_id
left join sent as s on c.case_id = s.case_id
where
    c.community_id = $community_id
    and ($reach::varchar[] is null or list_contains($reach, c.area_id))
    and c.reported_at < $end_at
    and (ended_at is null or ended_at >= $start_at or c.reported_at >= $start_at)
order by c.reported_at, c.case_id;
