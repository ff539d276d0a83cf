-- One channel, live or removed.
-- $channel_id varchar: the channel
-- -> channel_id, community_id, code, kind, language, removed_at (UTC), timezone (of its community)
select
    c.channel_id, c.community_id, c.code, c.kind, c.language, c.removed_at, m.timezone
from notify_channel_now as c
left join community_now as m on m.community_id = c.community_id
where c.channel_id = $channel_id;
