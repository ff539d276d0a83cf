-- One page of the desk's case list: filtered, ordered, with the names of the places.
-- $community_id varchar: the community
-- $statuses varchar[]: statuses to list
-- $open_statuses varchar[]: statuses that count as unfinished
-- $due_before timestamptz: lists unfinished cases due before this moment only, or null for all
-- $category varchar: one category, or null for all
-- $areas varchar[]: the areas to list, or null for all
-- $reach varchar[]: the areas the viewer may see, or null for all
-- $found varchar[]: ids of the cases a text search found, or null without a search
-- $now timestamptz: the moment deadlines are held against
-- $sort varchar: due, urgency, category, place, status or reported
-- $descending boolean: true turns the order round; what has no value stays last
-- $offset bigint: cases to skip
-- $limit bigint: cases to return
-- -> case_id, event_id (its version), category, urgency, status, reported_at, deadline_at, limit_kind, closed_at, lon, lat,
--    locality, place_zh, place_en, area_zh, area_en, title, address, paused (its clock
--    stands, so it has no time left or over), late (overdue, or closed late)
with ranked as ( -- the few that are listed, before their other columns are read
    select
        c.rowid as position,
        c.status = 'suspended' and coalesce(c.step_started_at <= c.deadline_at, false) as paused,
        if(list_contains($open_statuses, c.status) and not paused, c.deadline_at, null) as due_at,
        case $sort
            when 'urgency' then
                case c.urgency when 'urgent' then '0' when 'hazard' then '1' else '2' end
            when 'category' then c.category
            when 'place' then c.locality
            when 'status' then c.status
        end as word,
        if($descending, -1, 1) * case $sort
            when 'due' then epoch_us(due_at)
            when 'reported' then epoch_us(c.reported_at)
        end as moment
    from case_now as c
    where
        c.community_id = $community_id
        and list_contains($statuses, c.status)
        and ($due_before::timestamptz is null or due_at < $due_before)
        and ($category::varchar is null or c.category = $category)
        and ($areas::varchar[] is null or list_contains($areas, c.area_id))
        and ($reach::varchar[] is null or list_contains($reach, c.area_id))
        and ($found::varchar[] is null or c.case_id in (select unnest($found::varchar[])))
    order by
        case when not $descending then word end asc nulls last,
        case when $descending then word end desc nulls last,
        moment asc nulls last,
        due_at asc nulls last,
        c.reported_at desc,
        c.case_id desc
    limit $limit offset $offset
),
page as (
    select
        c.case_id,
        c.event_id,
        c.category,
        c.urgency,
        c.status,
        c.reported_at,
        c.deadline_at,
        c.limit_kind,
        c.closed_at,
        c.lon,
        c.lat,
        c.locality,
        c.place_id,
        c.area_id,
        r.paused,
        r.due_at,
        r.word,
        r.moment
    from ranked as r
    join case_now as c on r.position = c.rowid
),
wording as (
    select
        t.case_id,
        arg_max(t.title, t.event_id) as title,
        arg_max(t.address, t.event_id) as address
    from case_text as t
    where t.community_id = $community_id and t.case_id in (select p.case_id from page as p)
    group by t.case_id
)
select
    p.case_id,
    p.event_id,
    p.category,
    p.urgency,
    p.status,
    p.reported_at,
    p.deadline_at,
    p.limit_kind,
    p.closed_at,
    p.lon,
    p.lat,
    p.locality,
    place.name_zh as place_zh,
    place.name_en as place_en,
    area.name_zh as area_zh,
    area.name_en as area_en,
    w.title,
    w.address,
    p.paused,
    coalesce(
        p.deadline_at < if(list_contains($open_statuses, p.status), $now, p.closed_at)
        and not p.paused,
        false
    ) as late
from page as p
left join wording as w on p.case_id = w.case_id
left join place_now as place
    on p.place_id = place.place_id and place.community_id = $community_id
left join area_now as area
    on p.area_id = area.area_id and area.community_id = $community_id
order by
    case when not $descending then p.word end asc nulls last,
    case when $descending then p.word end desc nulls last,
    p.moment asc nulls last,
    p.due_at asc nulls last,
    p.reported_at desc,
    p.case_id desc;
