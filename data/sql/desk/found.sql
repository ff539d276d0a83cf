-- Cases whose texts, address, place, category or source id hold a text; newest first, bounded.
-- $community_id varchar: the community
-- $text varchar: lower-case text to find
-- $categories varchar[]: categories whose own wording holds that text
-- $readable boolean: whether the viewer may read texts as reported
-- $limit bigint: most cases to return
-- -> case_id
with worded as (
    select t.case_id
    from case_text as t
    where
        $readable
        and t.community_id = $community_id
        and (
            contains(lower(t.title), $text)
            or contains(lower(t.description), $text)
            or contains(lower(t.address), $text)
        )
),
known as (
    select c.case_id
    from case_now as c
    where
        c.community_id = $community_id
        and (
            c.case_id = $text
            or contains(lower(c.source_id), $text)
            or contains(lower(c.category), $text)
            or contains(lower(c.locality), $text)
            or list_contains($categories, c.category)
        )
),
found as (
    select w.case_id from worded as w
    union
    select k.case_id from known as k
)
select f.case_id
from found as f
order by f.case_id desc
limit $limit;
