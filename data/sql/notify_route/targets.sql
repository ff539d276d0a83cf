-- The live channels that reach a recipient, each once.
-- $community_id varchar: the community
-- $recipient varchar: role:<role>, worker:<id>, organisation:<id> or channel:<code>
-- $everybody varchar: the same with * in place of the id
-- -> channel_id
select c.channel_id
from notify_channel_now as c
where
    c.community_id = $community_id
    and c.removed_at is null
    and (
        concat('channel:', c.code) = $recipient
        or c.channel_id in (
            select r.channel_id
            from notify_route_now as r
            where
                r.community_id = $community_id
                and r.removed_at is null
                and r.recipient in ($recipient, $everybody)
        )
    )
order by c.channel_id;
