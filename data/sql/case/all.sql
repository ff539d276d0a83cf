-- The current state of every case of a community.
-- $community_id varchar: the community
-- -> the columns of case_now a person or a check may ask for
select
    case_id, status, category, urgency, channel, place_id, area_id, locality, lon, lat, source_crs,
    raw_x, raw_y, accuracy_m, location_flag, reported_at, deadline_at, limit_value, limit_kind,
    closed_at, outcome, source_flag, source, source_id, source_version
from case_now
where community_id = $community_id
order by case_id;
