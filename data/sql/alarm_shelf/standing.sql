-- Shelves that hold at a moment, the one that ends first first.
-- $community_id varchar: the community
-- $now timestamptz: the moment, UTC
-- -> every column of alarm_shelf_event
select
    event_id, event_kind, happened_at, recorded_at, actor, shelf_id, community_id, device_id, kind,
    start_at, until_at, ended_at, ended_by
from alarm_shelf_now
where
    community_id = $community_id
    and ended_at is null
    and start_at <= $now
    and until_at > $now
order by until_at, shelf_id;
