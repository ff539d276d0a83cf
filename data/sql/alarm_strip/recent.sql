-- Alarms of a community of which pictures are kept, the newest first.
-- $community_id varchar: the community
-- $most integer: at most so many
-- -> alarm_id, kind, first_at (of the alarm, UTC), device_ids (the cameras), pictures
select
    strip.alarm_id, alarm.kind, alarm.first_at,
    list(strip.device_id order by strip.strip_id) as device_ids,
    sum(strip.pictures)::integer as pictures
from alarm_strip_now as strip
join alarm_now as alarm on alarm.alarm_id = strip.alarm_id
where strip.community_id = $community_id
group by strip.alarm_id, alarm.kind, alarm.first_at
order by strip.alarm_id desc
limit $most;
