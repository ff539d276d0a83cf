-- Remove the log of calls from gates.
-- $ids varchar[]: which
delete from gate_call_event where call_id in (select unnest($ids));
