-- The whole current state of some cases of one community.
-- $community_id varchar: the community
-- incoming(case_id): the cases
-- -> every column of case_event but event_id and recorded_at
select
    now.event_kind, now.happened_at, now.actor, now.case_id, now.community_id, now.status,
    now.category, now.urgency, now.channel, now.place_id, now.area_id, now.locality, now.lon,
    now.lat, now.source_crs, now.raw_x, now.raw_y, now.accuracy_m, now.location_flag,
    now.reported_at, now.deadline_at, now.limit_value, now.limit_kind, now.closed_at, now.outcome,
    now.source_flag, now.source, now.source_id, now.source_version, now.content_hash
from case_now as now
join incoming on incoming.case_id = now.case_id
where now.community_id = $community_id;
