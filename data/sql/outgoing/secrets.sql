-- The sealed values of a channel or webhook.
-- $owner_id varchar: the channel or webhook
-- -> part, sealed, written_at (UTC)
select part, sealed, written_at
from outgoing_secret
where owner_id = $owner_id;
