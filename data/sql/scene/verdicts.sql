-- How many alarms the scenes of each camera raised since a moment, and what people said of them.
-- $community_id varchar: the community
-- $source varchar: who reports for the scenes
-- $since timestamptz: alarms first raised from then on, UTC
-- -> device_id, kind (of alarm), raised, closed, closed_false (closed as a false alarm)
select
    device_id,
    kind,
    count(*) as raised,
    count(closed_at) as closed,
    count(*) filter (where verdict = 'false') as closed_false
from alarm_now
where community_id = $community_id and source = $source and first_at >= $since
group by device_id, kind
order by device_id, kind;
