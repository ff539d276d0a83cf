-- What happened to one person's file, oldest first; names of fields, never values.
-- $person_id varchar: whose
-- -> happened_at (UTC), event_kind, fields_changed varchar[], source
select happened_at, event_kind, fields_changed, source
from person_event
where person_id = $person_id
order by event_id;
