-- Lines of the call register that say that somebody looked at kept pictures of a camera lately.
-- $viewer varchar, $device_id varchar, $approval_id varchar: who, which camera, with whose word
-- $since timestamptz: begun after this, UTC
-- -> viewing_id
select viewing_id
from camera_viewing_now
where
    mode = 'kept'
    and viewer = $viewer
    and device_id = $device_id
    and approval_id = $approval_id
    and started_at > $since;
