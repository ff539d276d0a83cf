-- The devices that were reported most often among alarms first raised in a span.
-- $community_id varchar: the community
-- $since, $until timestamptz: the span, its end not in it, UTC
-- $row_limit integer: how many devices
-- -> device_id, name_zh, name_en, kind, alarms, signals
select
    a.device_id,
    d.name_zh,
    d.name_en,
    a.kind,
    count(*) as alarms,
    cast(sum(a.signals) as bigint) as signals
from alarm_now as a
left join device_now as d on a.device_id = d.device_id
where a.community_id = $community_id and a.first_at >= $since and a.first_at < $until
group by a.device_id, d.name_zh, d.name_en, a.kind
order by signals desc, alarms desc, a.device_id
limit $row_limit;
