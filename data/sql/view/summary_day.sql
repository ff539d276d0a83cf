-- Cases reported and closed on each of seven local days; the days are given by their starts,
-- because a local day may have 23 or 25 hours.
-- $community_id varchar: the community.
-- $day_0 ... $day_7 timestamptz: starts of seven days in a row, and of the day after.
-- -> new_0 ... new_6, closed_0 ... closed_6 (cases)
select
    count(*) filter (where reported_at >= $day_0 and reported_at < $day_1) as new_0,
    count(*) filter (where reported_at >= $day_1 and reported_at < $day_2) as new_1,
    count(*) filter (where reported_at >= $day_2 and reported_at < $day_3) as new_2,
    count(*) filter (where reported_at >= $day_3 and reported_at < $day_4) as new_3,
    count(*) filter (where reported_at >= $day_4 and reported_at < $day_5) as new_4,
    count(*) filter (where reported_at >= $day_5 and reported_at < $day_6) as new_5,
    count(*) filter (where reported_at >= $day_6 and reported_at < $day_7) as new_6,
    count(*) filter (where closed_at >= $day_0 and closed_at < $day_1) as closed_0,
    count(*) filter (where closed_at >= $day_1 and closed_at < $day_2) as closed_1,
    count(*) filter (where closed_at >= $day_2 and closed_at < $day_3) as closed_2,
    count(*) filter (where closed_at >= $day_3 and closed_at < $day_4) as closed_3,
    count(*) filter (where closed_at >= $day_4 and closed_at < $day_5) as closed_4,
    count(*) filter (where closed_at >= $day_5 and closed_at < $day_6) as closed_5,
    count(*) filter (where closed_at >= $day_6 and closed_at < $day_7) as closed_6
from (
    select
        reported_at,
        case when status = 'closed' then closed_at end as closed_at
    from case_now
    where community_id = $community_id and (reported_at >= $day_0 or closed_at >= $day_0)
) as matter
