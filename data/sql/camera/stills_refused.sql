-- Stills that were refused, taken back or not decided in time, and whose pictures are still there.
-- $kind varchar: kind of thing such an approval is about
-- -> approval_id, subject_id (id of the picture)
select approval_id, subject_id
from approval_now
where
    subject_kind = $kind
    and list_contains(['refused', 'withdrawn', 'expired'], state)
    and carried_out_at is null
order by approval_id;
