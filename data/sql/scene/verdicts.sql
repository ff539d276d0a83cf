-- How often each scene found something in alarms since a moment, and what people said of these.
-- $community_id varchar: the community
-- $since timestamptz: alarms first raised from then on, UTC
-- -> scene_id, found (detections), raised (alarms it was seen in, each once however often it was
--    repeated), closed_real, closed_false, closed_test (of these alarms, by verdict)
with seen as (
    select found.scene_id, found.alarm_id, count(*) as n
    from detection as found
    where found.community_id = $community_id
    group by found.scene_id, found.alarm_id
)

select
    seen.scene_id,
    cast(sum(seen.n) as bigint) as found,
    count(*) as raised,
    count(*) filter (where alarm.verdict = 'real') as closed_real,
    count(*) filter (where alarm.verdict = 'false') as closed_false,
    count(*) filter (where alarm.verdict = 'test') as closed_test
from seen
join alarm_now as alarm on alarm.alarm_id = seen.alarm_id
where alarm.community_id = $community_id and alarm.first_at >= $since
group by seen.scene_id
order by seen.scene_id;
