-- What staff and reporters of a case wrote each other, the oldest first.
-- $case_id varchar: the case
-- $link_id varchar: only what this link may see (its own, and what staff wrote), or null for all
-- -> message_id, link_id, actor, note, written_at (UTC)
select message_id, link_id, actor, note, written_at
from case_message
where case_id = $case_id and ($link_id is null or link_id is null or link_id = $link_id)
order by message_id;
