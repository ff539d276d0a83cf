-- Remove the notes of some approvals, requests or holds.
-- $ids varchar[]: which
delete from sealed_note where owner_id in (select unnest($ids));
