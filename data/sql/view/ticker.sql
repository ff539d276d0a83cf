-- Every unfinished case of a community as the wall may show it: never title, description or
-- address; a source's default point is not a position. One table, because the wall waits for it.
-- $community_id varchar: the community.
-- -> id, category, urgency, status, place_id, area_id, locality, reported_at, deadline_at
--    (ISO 8601, UTC), limit_kind, lon, lat (degrees, WGS-84), status_at (ISO 8601, UTC; its last
--    event); deadline_at is null also while the clock stands; overdue and next due first
select
    case_id as id,
    category,
    urgency,
    status,
    place_id,
    area_id,
    locality,
    strftime(timezone('UTC', reported_at), '%Y-%m-%dT%H:%M:%SZ') as reported_at,
    case
        when not (status = 'suspended' and coalesce(step_started_at <= deadline_at, false))
            then strftime(timezone('UTC', deadline_at), '%Y-%m-%dT%H:%M:%SZ')
    end as deadline_at,
    limit_kind,
    case when location_flag is null then lon end as lon,
    case when location_flag is null then lat end as lat,
    strftime(timezone('UTC', happened_at), '%Y-%m-%dT%H:%M:%SZ') as status_at
from case_now
where community_id = $community_id and status not in ('closed', 'rejected', 'cancelled')
order by deadline_at asc nulls last, case_id asc
