-- Notices to show now: published, not expired, not withdrawn; newest first.
-- $community_id varchar: the community.
-- $now timestamptz: the time of the question.
-- -> id, kind, title_zh, title_en, published_at, expires_at (ISO 8601, UTC; null: until withdrawn)
select
    notice_id as id,
    kind,
    title_zh,
    title_en,
    strftime(timezone('UTC', published_at), '%Y-%m-%dT%H:%M:%SZ') as published_at,
    strftime(timezone('UTC', expires_at), '%Y-%m-%dT%H:%M:%SZ') as expires_at
from notice_now
where
    community_id = $community_id
    and removed_at is null
    and published_at <= $now
    and (expires_at is null or expires_at > $now)
order by published_at desc, notice_id desc
limit 50
