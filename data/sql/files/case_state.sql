-- A case that somebody names as the reason for opening a value.
-- $community_id varchar, $case_id varchar: which
-- -> status, area_id
select status, area_id
from case_now
where community_id = $community_id and case_id = $case_id;
