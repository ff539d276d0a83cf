-- Key figures of the cases of a community; on time as REFERENCE §2 and rules/rates.py define it.
-- $community_id varchar: the community.
-- $now timestamptz: the time of the question.
-- $day_start_at timestamptz: local midnight. $week_start_at timestamptz: local Monday, midnight.
-- -> open, overdue, undated (unfinished cases), new_today, closed_today (cases),
--    on_time, late (closed this week, with a deadline)
with matter as (
    select
        status,
        reported_at,
        deadline_at,
        closed_at,
        status not in ('closed', 'rejected', 'cancelled') as is_open,
        status = 'suspended' and coalesce(step_started_at <= deadline_at, false) as is_paused,
        status = 'closed' and closed_at >= $week_start_at as closed_this_week
    from case_now
    where community_id = $community_id
)

select
    count(*) filter (where is_open) as open,
    count(*) filter (where is_open and not is_paused and deadline_at < $now) as overdue,
    count(*) filter (where is_open and deadline_at is null) as undated,
    count(*) filter (where reported_at >= $day_start_at and reported_at <= $now) as new_today,
    count(*) filter (where status = 'closed' and closed_at >= $day_start_at) as closed_today,
    count(*) filter (where closed_this_week and closed_at <= deadline_at) as on_time,
    count(*) filter (where closed_this_week and closed_at > deadline_at) as late
from matter
