-- How many alarms the scenes of each camera raised since a moment, and what people said of them.
-- $community_id varchar: the community
-- $source varchar: who reports for the scenes
-- $since timestamptz: alarms first raised from then on, UTC
-- -> device_id, found (signals), raised (alarms), closed_real, closed_false, closed_test
select
    device_id,
    cast(sum(signals) as bigint) as found,
    count(*) as raised,
    count(*) filter (where verdict = 'real') as closed_real,
    count(*) filter (where verdict = 'false') as closed_false,
    count(*) filter (where verdict = 'test') as closed_test
from alarm_now
where community_id = $community_id and source = $source and first_at >= $since
group by device_id
order by device_id;
