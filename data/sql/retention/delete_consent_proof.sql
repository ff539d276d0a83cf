-- Remove consents from current state; their events are removed by delete_consent_log.
-- $ids varchar[]: which
delete from consent_now where list_contains($ids, consent_id);
