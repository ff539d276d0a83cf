-- The numbers reporters left for some cases, sealed.
-- $case_ids varchar[]: the cases
-- -> link_id, case_id, community_id, sealed, written_at (UTC)
select link_id, case_id, community_id, sealed, written_at
from case_contact
where list_contains($case_ids, case_id)
order by written_at, link_id;
