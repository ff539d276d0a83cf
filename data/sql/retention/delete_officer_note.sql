-- Remove the notes of some approvals, requests or holds.
-- $ids varchar[]: which
delete from sealed_note where list_contains($ids, owner_id);
