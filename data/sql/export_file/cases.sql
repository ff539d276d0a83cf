-- Cases with what residents wrote, for a bulk export; the last text of each.
-- $community_id varchar: the community
-- $areas varchar[]: only in these areas, or null for the whole community
-- $since timestamptz, $until timestamptz: reported from and before, UTC, or null
-- $most integer: at most so many
-- -> case_id, category, urgency, status, channel, reported_at, closed_at (UTC), locality, title, description, address
with words as (
    select case_id, title, description, address
    from case_text
    where
        community_id = $community_id
        and (title is not null or description is not null or address is not null)
    qualify row_number() over (partition by case_id order by event_id desc) = 1
)

select
    cases.case_id,
    cases.category,
    cases.urgency,
    cases.status,
    cases.channel,
    cases.reported_at,
    cases.closed_at,
    cases.locality,
    words.title,
    words.description,
    words.address
from case_now as cases
left join words on words.case_id = cases.case_id
where
    cases.community_id = $community_id
    and ($areas is null or list_contains($areas, cases.area_id))
    and ($since::timestamptz is null or cases.reported_at >= $since)
    and ($until::timestamptz is null or cases.reported_at < $until)
order by cases.reported_at, cases.case_id
limit $most;
