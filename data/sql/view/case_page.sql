-- One page of cases in the order of their last event, with their latest text; a case that changes
-- moves to the end, so that following the pages sees every change.
-- $community_id varchar: the community.
-- $case_id varchar: only this case; null for all. $source varchar: only its rows; null for all.
-- $reach varchar[]: only cases of these areas; null for all.
-- $statuses varchar[]: statuses wanted; null for all.
-- $updated_after timestamptz: only cases whose last event was recorded later; null for all.
-- $after varchar: event id of the last row of the page before; '' for the first page.
-- $row_limit integer: most rows.
-- -> case_id, event_id, status, category, urgency, channel, place_id, area_id, locality, lon, lat
--    (degrees), accuracy_m, location_flag, reported_at, deadline_at, limit_value, limit_kind,
--    closed_at, outcome, updated_at (UTC), source, source_id, source_version, step_deadline_at
--    (UTC), merged_into, title, description, address; by event_id
with page as (
    select
        case_id,
        event_id,
        status,
        category,
        urgency,
        channel,
        place_id,
        area_id,
        locality,
        lon,
        lat,
        accuracy_m,
        location_flag,
        reported_at,
        deadline_at,
        limit_value,
        limit_kind,
        closed_at,
        outcome,
        recorded_at,
        source,
        source_id,
        source_version,
        step_deadline_at,
        merged_into
    from case_now
    where
        community_id = $community_id
        and event_id > $after
        and ($case_id is null or case_id = $case_id)
        and ($source is null or source = $source)
        and ($reach::varchar[] is null or list_contains($reach, area_id))
        and ($statuses is null or list_contains($statuses, status))
        and ($updated_after is null or recorded_at > $updated_after)
    order by event_id
    limit $row_limit
),

latest_text as (
    select case_id, title, description, address
    from case_text
    where
        community_id = $community_id
        and case_id in (select page.case_id from page)
        and (title is not null or description is not null or address is not null)
    qualify row_number() over (partition by case_id order by event_id desc) = 1
)

select
    page.case_id,
    page.event_id,
    page.status,
    page.category,
    page.urgency,
    page.channel,
    page.place_id,
    page.area_id,
    page.locality,
    page.lon,
    page.lat,
    page.accuracy_m,
    page.location_flag,
    page.reported_at,
    page.deadline_at,
    page.limit_value,
    page.limit_kind,
    page.closed_at,
    page.outcome,
    page.recorded_at as updated_at,
    page.source,
    page.source_id,
    page.source_version,
    page.step_deadline_at,
    page.merged_into,
    latest_text.title,
    latest_text.description,
    latest_text.address
from page
left join latest_text on page.case_id = latest_text.case_id
order by page.event_id
