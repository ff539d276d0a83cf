-- The steps of cases: one row per change of status, never who did it nor what was written.
-- $community_id varchar: the community. $ids varchar[]: the cases.
-- -> case_id, happened_at (UTC), status; by case and time
with steps as (
    select
        case_id,
        event_id,
        happened_at,
        status,
        lag(status) over (partition by case_id order by event_id) as status_before
    from case_event
    where community_id = $community_id and list_contains($ids::varchar[], case_id)
)

select case_id, happened_at, status
from steps
where status_before is distinct from status
order by case_id, event_id;
