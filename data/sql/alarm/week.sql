-- Alarms first raised in a span, by kind and verdict; what nobody has closed has verdict null.
-- $community_id varchar: the community
-- $since, $until timestamptz: the span, its end not in it, UTC
-- -> kind, verdict, alarms
select
    kind,
    verdict,
    count(*) as alarms
from alarm_now
where community_id = $community_id and first_at >= $since and first_at < $until
group by kind, verdict
order by kind, verdict nulls last;
