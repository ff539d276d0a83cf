-- The zone in which a community reads its clocks.
-- $community_id varchar: the community
-- -> timezone varchar
select timezone from community_now where community_id = $community_id and removed_at is null;
