-- Deliveries of a community: what has not arrived first, oldest first, then the last that did.
-- $community_id varchar: the community
-- $most integer: how many at most
-- -> delivery_id, state, made_at, attempts, next_at, tried_at, sent_at (UTC), error, http_status,
--    target_kind, target (short name or label), kind (of the message, or type of the event),
--    recipient (null for an event), subject_id
select
    d.delivery_id, d.state, d.made_at, d.attempts, d.next_at, d.tried_at, d.sent_at, d.error,
    d.http_status, d.target_kind,
    coalesce(c.code, h.label, d.target_id) as target,
    coalesce(m.kind, json_extract_string(d.event_body, '$.type')) as kind,
    m.recipient,
    coalesce(m.subject_id, json_extract_string(d.event_body, '$.subject')) as subject_id
from delivery_now as d
left join message_now as m on m.message_id = d.message_id
left join notify_channel_now as c on c.channel_id = d.target_id
left join webhook_now as h on h.webhook_id = d.target_id
where d.community_id = $community_id
order by
    case d.state when 'waiting' then 0 when 'expired' then 1 when 'given_up' then 2 else 3 end,
    case when d.state in ('waiting', 'expired') then d.made_at end,
    d.made_at desc,
    d.delivery_id desc
limit $most;
