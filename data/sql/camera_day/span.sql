-- How the cameras of a community were found within some days, each added up.
-- $community_id varchar: the community
-- $first date, $last date: local days, both in the span
-- -> device_id, live_s, stalled_s, frozen_s, hidden_s, moved_s, refused_s (seconds)
select
    device_id, sum(live_s) as live_s, sum(stalled_s) as stalled_s, sum(frozen_s) as frozen_s,
    sum(hidden_s) as hidden_s, sum(moved_s) as moved_s, sum(refused_s) as refused_s
from camera_day
where community_id = $community_id and day between $first and $last
group by device_id
order by device_id;
