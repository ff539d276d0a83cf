-- Cases of the sources that give a verdict of their own on deadlines, with what it was.
-- $community_id varchar: the community
-- -> case_id, source_id, reported_at, deadline_at (UTC, null without limit), closed_at (UTC, null
--    while open), status, source_flag (null where the source gave none); by source_id
with flagging_source as (
    select distinct flagged.source
    from case_now as flagged
    where flagged.community_id = $community_id and flagged.source_flag is not null
)
select
    c.case_id,
    c.source_id,
    c.reported_at,
    c.deadline_at,
    c.closed_at,
    c.status,
    c.source_flag
from case_now as c
join flagging_source on flagging_source.source = c.source
where c.community_id = $community_id
order by c.source_id;
