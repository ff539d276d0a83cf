-- People of a household who still live there.
-- $community_id varchar, $household_id varchar: which
-- -> person_id, residence, completeness
select person_id, residence, completeness
from person_now
where community_id = $community_id and household_id = $household_id and removed_at is null
order by person_id;
