-- Take calls from gates out of the current state.
-- $ids varchar[]: which
delete from gate_call_now where call_id in (select unnest($ids));
