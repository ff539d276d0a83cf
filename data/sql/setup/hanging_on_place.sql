-- Whether records of other kinds name a place; how many people is never told (DOMAIN R1).
-- $community_id varchar: the community
-- $place_id varchar: the place
-- -> devices (count), people (boolean: care recipients live there)
select
    (
        select count(*) from device_now
        where community_id = $community_id and place_id = $place_id and removed_at is null
    ) as devices,
    exists (
        select 1 from care_recipient_now
        where community_id = $community_id and place_id = $place_id and removed_at is null
    ) as people;
