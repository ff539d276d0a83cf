-- How many people at the desk are on duty.
-- $community_id varchar: the community
-- -> n
select count(*) as n
from worker_now
where community_id = $community_id and kind = 'duty_officer' and on_duty and removed_at is null;
