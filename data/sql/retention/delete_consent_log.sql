-- Remove the events of consents, so that a rebuild does not bring them back.
-- $ids varchar[]: which
delete from consent_event where consent_id in (select unnest($ids));
