-- The versions of some cases: the id of the last event of each, or of its last photo.
-- $case_ids varchar[]: the cases
-- -> case_id, version
with news as (
    select case_id, event_id
    from case_now
    where list_contains($case_ids, case_id)
    union all
    select case_id, event_id
    from case_photo_now
    where list_contains($case_ids, case_id)
)

select case_id, max(event_id) as version
from news
group by case_id;
