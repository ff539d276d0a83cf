-- The last confirmation a viewer asked for to watch a camera.
-- $viewer varchar, $device_id varchar: who and which
-- -> approval_id, asked_at (UTC), state
select approval.approval_id, approval.asked_at, approval.state
from camera_viewing_now as viewing
join approval_now as approval on approval.approval_id = viewing.approval_id
where viewing.viewer = $viewer and viewing.device_id = $device_id and viewing.mode = 'single'
order by approval.asked_at desc, approval.approval_id desc
limit 1;
