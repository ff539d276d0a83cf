-- The private link that a phone's report has got.
-- $community_id varchar: the community
-- $source_id varchar: what the store knows the report by
-- -> link_id, case_id, community_id, kind
select link_id, case_id, community_id, kind
from case_link_now
where community_id = $community_id and source_id = $source_id;
