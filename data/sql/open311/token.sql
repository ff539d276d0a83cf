-- The case that was reported under a token.
-- $community_id varchar: the community. $token varchar: the token, which is the sender's id of it.
-- $source varchar: only of this source; null for all.
-- -> case_id
select case_id
from case_now
where
    community_id = $community_id
    and source_id = $token
    and starts_with(source, 'http:')
    and ($source is null or source = $source)
limit 1;
