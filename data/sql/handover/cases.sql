-- Cases of a shift: ended since it began, or open now; what is due first stands first.
-- $community_id varchar: the community. $since timestamptz: when the shift began.
-- $ids varchar[]: only these, whatever their state; null for the shift's.
-- -> case_id, category, urgency, status, area_zh, area_en, place_zh, place_en, locality,
--    reported_at, deadline_at, ended_at (UTC; null while open), paused (its clock stands)
select
    c.case_id,
    c.category,
    c.urgency,
    c.status,
    a.name_zh as area_zh,
    a.name_en as area_en,
    p.name_zh as place_zh,
    p.name_en as place_en,
    c.locality,
    c.reported_at,
    c.deadline_at,
    case
        when c.status in ('closed', 'rejected', 'cancelled')
            then coalesce(c.closed_at, c.step_started_at, c.recorded_at)
    end as ended_at,
    c.status = 'suspended' and coalesce(c.step_started_at <= c.deadline_at, false) as paused
from case_now as c
left join area_now as a on c.area_id = a.area_id and c.community_id = a.community_id
left join place_now as p on c.place_id = p.place_id and c.community_id = p.community_id
where
    c.community_id = $community_id
    and if(
        $ids::varchar[] is null,
        ended_at is null or ended_at >= $since,
        list_contains($ids::varchar[], c.case_id)
    )
order by c.deadline_at nulls last, c.reported_at, c.case_id;
