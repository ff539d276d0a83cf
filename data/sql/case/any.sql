-- Whether a community has had any case yet: one row or none.
-- $community_id varchar: the community.
-- -> case_id
select case_id
from case_now
where community_id = $community_id
limit 1
