-- Whether something was told already: one row or none.
-- $community_id varchar: the community
-- $key_hash varchar: hash over recipient and key of the deed
-- -> message_id
select message_id
from message_now
where key_hash = $key_hash and community_id = $community_id
limit 1;
