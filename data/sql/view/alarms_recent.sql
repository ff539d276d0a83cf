-- When alarms were first raised since a moment, whatever became of them.
-- $community_id varchar: the community
-- $since timestamptz: the moment, UTC
-- -> recorded_at (UTC): when each was raised here
select recorded_at
from alarm_event
where community_id = $community_id and event_kind = 'raised' and recorded_at > $since;
