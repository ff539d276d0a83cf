-- The current states of some devices: every column of device_now.
-- $community_id varchar: the community
-- incoming(id): the devices
-- -> the columns of device_event; by id
from device_now
where community_id = $community_id and device_id in (select id from incoming)
order by device_id;
