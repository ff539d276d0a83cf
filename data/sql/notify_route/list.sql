-- Who is told by which channel in a community.
-- $community_id varchar: the community
-- -> route_id, recipient, channel_id, code (of the channel), name_zh, name_en (of the worker or
--    organisation, null where all or a role)
select
    r.route_id, r.recipient, r.channel_id, c.code,
    coalesce(w.callsign, o.name_zh) as name_zh,
    coalesce(w.callsign, o.name_en, o.name_zh) as name_en
from notify_route_now as r
join notify_channel_now as c on c.channel_id = r.channel_id and c.removed_at is null
left join worker_now as w on concat('worker:', w.worker_id) = r.recipient
left join organisation_now as o on concat('organisation:', o.organisation_id) = r.recipient
where r.community_id = $community_id and r.removed_at is null
order by r.recipient, c.code;
