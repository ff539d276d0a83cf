-- The current states of some places: every column of place_now.
-- $community_id varchar: the community
-- incoming(id): the places
-- -> the columns of place_event; by id
from place_now
where community_id = $community_id and place_id in (select id from incoming)
order by place_id;
