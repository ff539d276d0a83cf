-- Unfinished cases by zone; a case lies in the zone above its grid, building or unit.
-- $community_id varchar: the community.
-- $now timestamptz: the time of the question.
-- -> area_id, name_zh, name_en (the zone), open, overdue (cases); by name
with recursive membership (zone_id, area_id) as (
    select area_id as zone_id, area_id
    from area_now
    where community_id = $community_id and level = 'zone' and removed_at is null
    -- `union` drops repeats, so that a loop in a register's parents ends the search.
    union
    select membership.zone_id, area.area_id
    from membership
    inner join area_now as area
        on membership.area_id = area.parent_id and area.community_id = $community_id
),

open_case as (
    select area_id, deadline_at
    from case_now
    where community_id = $community_id and status not in ('closed', 'rejected', 'cancelled')
)

select
    zone.area_id,
    zone.name_zh,
    zone.name_en,
    count(open_case.area_id) as open,
    count(open_case.area_id) filter (where open_case.deadline_at < $now) as overdue
from area_now as zone
inner join membership on zone.area_id = membership.zone_id
left join open_case on membership.area_id = open_case.area_id
where zone.community_id = $community_id
group by zone.area_id, zone.name_zh, zone.name_en
order by zone.name_zh, zone.area_id
