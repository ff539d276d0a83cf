-- Alarms first raised in a span, by kind, and how soon somebody took them.
-- $community_id varchar: the community
-- $since, $until timestamptz: the span, its end not in it, UTC
-- -> kind, n, signals, acknowledged (of n), acknowledge_median_s (seconds from the first signal
--    until then; null where nobody did)
select
    kind,
    count(*) as n,
    cast(sum(signals) as bigint) as signals,
    count(acknowledged_at) as acknowledged,
    median(date_diff('millisecond', first_at, acknowledged_at) / 1000.0) as acknowledge_median_s
from alarm_now
where community_id = $community_id and first_at >= $since and first_at < $until
group by kind
order by kind;
