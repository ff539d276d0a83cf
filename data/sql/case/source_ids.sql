-- Every source id of a community's cases.
-- $community_id varchar: the community
-- -> source_id
select source_id from case_now where community_id = $community_id order by source_id;
