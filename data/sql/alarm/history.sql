-- What became of one alarm, oldest first; mere repeats are left out, the alarm counts them.
-- $alarm_id varchar: the alarm
-- -> event_id, event_kind, happened_at, recorded_at, actor, urgency, verdict, case_id
select event_id, event_kind, happened_at, recorded_at, actor, urgency, verdict, case_id
from alarm_event
where alarm_id = $alarm_id and event_kind <> 'repeated'
order by event_id;
