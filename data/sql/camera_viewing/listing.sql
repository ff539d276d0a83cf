-- The call register of a community, newest first.
-- $community_id varchar: the community
-- $since timestamptz, $until timestamptz: begun from and before, UTC, or null
-- $device_id varchar: one camera, or null
-- $viewer varchar: an actor as logs name it, or a login name, or null
-- $mode varchar: single, wall or kept, or null
-- $before varchar: only lines before this one (a viewing_id), or null
-- $most integer: at most so many
-- -> viewing_id, device_id, name_zh, name_en, mode, viewer, login (null for a wall), wall (label of
--    a device link, else null), viewer_role, purpose, started_at (UTC), ended_at (UTC; null while it
--    lasts), seconds, glances, outcome, approval_id, approval_state (null where nobody was asked)
select
    viewing.viewing_id, viewing.device_id, device.name_zh, device.name_en, viewing.mode,
    viewing.viewer, account.login, kiosk.label as wall, viewing.viewer_role, viewing.purpose,
    viewing.started_at, viewing.ended_at, viewing.seconds, viewing.glances, viewing.outcome,
    viewing.approval_id, approval.state as approval_state
from camera_viewing_now as viewing
left join device_now as device on device.device_id = viewing.device_id
left join approval_now as approval on approval.approval_id = viewing.approval_id
left join account_now as account on 'account:' || account.account_id = viewing.viewer
left join kiosk_now as kiosk on 'kiosk:' || kiosk.kiosk_id = viewing.viewer
where
    viewing.community_id = $community_id
    and ($since::timestamptz is null or viewing.started_at >= $since)
    and ($until::timestamptz is null or viewing.started_at < $until)
    and ($device_id::varchar is null or viewing.device_id = $device_id)
    and ($mode::varchar is null or viewing.mode = $mode)
    and ($viewer::varchar is null or viewing.viewer = $viewer or account.login = $viewer)
    and ($before::varchar is null or viewing.viewing_id < $before)
order by viewing.viewing_id desc
limit $most;
