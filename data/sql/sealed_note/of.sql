-- Sealed notes of some things.
-- $owner_kind varchar: approval, rights_request or legal_hold
-- $owner_ids varchar[]: which
-- -> owner_id, part, subject_id, sealed
select owner_id, part, subject_id, sealed
from sealed_note
where owner_kind = $owner_kind and list_contains($owner_ids, owner_id)
order by owner_id, written_at;
