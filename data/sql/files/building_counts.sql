-- How much is registered in one building.
-- $community_id varchar, $place_id varchar: which
-- -> people, households, enterprises, care
select
    (select count(*) from person_now
    where community_id = $community_id and place_id = $place_id and removed_at is null) as people,
    (select count(*) from household_now
    where community_id = $community_id and place_id = $place_id and removed_at is null) as households,
    (select count(*) from enterprise_now
    where community_id = $community_id and place_id = $place_id and removed_at is null) as enterprises,
    (select count(*) from care_recipient_now
    where community_id = $community_id and place_id = $place_id and removed_at is null) as care;
