-- Sealed notes of some things.
-- $owner_kind varchar: approval, rights_request or legal_hold
-- $owner_ids varchar[]: which
-- -> owner_id, part, subject_id, sealed
select owner_id, part, subject_id, sealed
from sealed_note
where owner_kind = $owner_kind and owner_id in (select unnest($owner_ids))
order by owner_id, written_at;
