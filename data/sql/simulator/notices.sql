-- Notices on show now, whoever published them.
-- $community_id varchar: the community.
-- $source varchar: the simulator's source.
-- $now timestamptz: present moment.
-- -> notice_id, simulated (true where the simulator published it); by notice_id
select notice_id, source = $source as simulated
from notice_now
where
    community_id = $community_id
    and removed_at is null
    and published_at <= $now
    and (expires_at is null or expires_at > $now)
order by notice_id
