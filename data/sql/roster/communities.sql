-- The communities that have a roster: somebody keeps a shift there.
-- -> community_id, timezone; by id
select community.community_id, community.timezone
from community_now as community
where
    community.removed_at is null
    and community.community_id in (
        select community_id from assignment_now where removed_at is null
    )
order by community.community_id;
