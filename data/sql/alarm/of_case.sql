-- Alarms linked with a case, the first first.
-- $case_id varchar: the case
-- -> alarm_id, kind, urgency, first_at, acknowledged_at, cleared_at, closed_at, verdict
select alarm_id, kind, urgency, first_at, acknowledged_at, cleared_at, closed_at, verdict
from alarm_now
where case_id = $case_id
order by first_at, alarm_id;
