-- The cases of a community in the order they were first recorded.
-- $community_id varchar: the community
-- -> case_id
select case_id from case_now where community_id = $community_id order by case_id;
