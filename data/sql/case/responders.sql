-- Who can be sent from a community: workers by callsign, organisations by name; nearest first.
-- $community_id varchar: the community
-- $area_id varchar: the grid of the case, or null
-- -> assignee_id, assignee_kind (worker or organisation), kind, name_zh, name_en, on_duty,
--    nearness (0 leads the grid, 1 belongs to it, 2 elsewhere, 3 an organisation)
with leader as (
    select leader_worker_id as worker_id
    from area_now
    where community_id = $community_id and area_id = $area_id and removed_at is null
)

select
    w.worker_id as assignee_id,
    'worker' as assignee_kind,
    w.kind,
    w.callsign as name_zh,
    w.callsign as name_en,
    w.on_duty,
    case
        when w.worker_id in (select leader.worker_id from leader) then 0
        when w.area_id = $area_id then 1
        else 2
    end as nearness
from worker_now as w
where w.community_id = $community_id and w.removed_at is null and w.kind <> 'duty_officer'
union all
select
    o.organisation_id as assignee_id,
    'organisation' as assignee_kind,
    o.kind,
    o.name_zh,
    o.name_en,
    true as on_duty,
    3 as nearness
from organisation_now as o
where o.community_id = $community_id and o.removed_at is null
order by on_duty desc, nearness, name_zh, assignee_id;
