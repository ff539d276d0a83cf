-- Remove consents from current state; their events are removed by delete_consent_log.
-- $ids varchar[]: which
delete from consent_now where consent_id in (select unnest($ids));
