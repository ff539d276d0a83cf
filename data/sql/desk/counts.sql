-- How many cases each status has under the desk's other filters.
-- $community_id varchar: the community
-- $open_statuses varchar[]: statuses that count as unfinished
-- $category varchar: one category, or null for all
-- $areas varchar[]: the areas to count, or null for all
-- $reach varchar[]: the areas the viewer may see, or null for all
-- $found varchar[]: ids of the cases a text search found, or null without a search
-- $now timestamptz: the moment deadlines are held against
-- -> status, n, overdue (unfinished and past the deadline; a clock that stands does not run out)
select
    c.status,
    count(*) as n,
    count(*) filter (
        where
            list_contains($open_statuses, c.status)
            and c.deadline_at < $now
            and not (c.status = 'suspended' and coalesce(c.step_started_at <= c.deadline_at, false))
    ) as overdue
from case_now as c
where
    c.community_id = $community_id
    and ($category::varchar is null or c.category = $category)
    and ($areas::varchar[] is null or list_contains($areas, c.area_id))
    and ($reach::varchar[] is null or list_contains($reach, c.area_id))
    and ($found::varchar[] is null or c.case_id in (select unnest($found::varchar[])))
group by c.status
order by c.status;
