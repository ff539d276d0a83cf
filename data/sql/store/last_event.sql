-- The greatest event id of all logs, so that new ids sort behind it after a restart.
-- The audit is left out: it has its own order, and a line tampered with must not stop the start.
-- -> event_id varchar or null
select max(event_id) as event_id
from (
    select max(event_id) as event_id from community_event
    union all
    select max(event_id) as event_id from area_event
    union all
    select max(event_id) as event_id from place_event
    union all
    select max(event_id) as event_id from device_event
    union all
    select max(event_id) as event_id from worker_event
    union all
    select max(event_id) as event_id from care_recipient_event
    union all
    select max(event_id) as event_id from case_event
    union all
    select max(event_id) as event_id from notice_event
    union all
    select max(event_id) as event_id from api_key_event
    union all
    select max(event_id) as event_id from source_event
    union all
    select max(event_id) as event_id from account_event
    union all
    select max(event_id) as event_id from kiosk_event
    union all
    select max(event_id) as event_id from organisation_event
    union all
    select max(event_id) as event_id from contact_event
    union all
    select max(event_id) as event_id from acknowledgement_event
    union all
    select max(event_id) as event_id from person_event
    union all
    select max(event_id) as event_id from household_event
    union all
    select max(event_id) as event_id from enterprise_event
    union all
    select max(event_id) as event_id from building_file_event
    union all
    select max(event_id) as event_id from consent_event
    union all
    select max(event_id) as event_id from approval_event
    union all
    select max(event_id) as event_id from rights_request_event
    union all
    select max(event_id) as event_id from legal_hold_event
    union all
    select max(event_id) as event_id from export_file_event
    union all
    select max(event_id) as event_id from task_event
    union all
    select max(event_id) as event_id from team_event
    union all
    select max(event_id) as event_id from team_member_event
    union all
    select max(event_id) as event_id from shift_event
    union all
    select max(event_id) as event_id from assignment_event
    union all
    select max(event_id) as event_id from absence_event
    union all
    select max(event_id) as event_id from dispatch_event
    union all
    select max(event_id) as event_id from retention_run
    union all
    select max(event_id) as event_id from category_event
    union all
    select max(event_id) as event_id from message_event
    union all
    select max(event_id) as event_id from delivery_event
    union all
    select max(event_id) as event_id from notify_channel_event
    union all
    select max(event_id) as event_id from notify_route_event
    union all
    select max(event_id) as event_id from webhook_event
    union all
    select max(event_id) as event_id from alarm_event
    union all
    select max(event_id) as event_id from alarm_shelf_event
    union all
    select max(event_id) as event_id from plan_event
    union all
    select max(event_id) as event_id from plan_run_event
    union all
    select max(event_id) as event_id from plan_task_event
    union all
    select max(event_id) as event_id from case_photo_event
    union all
    select max(event_id) as event_id from case_link_event
    union all
    select max(event_id) as event_id from video_call_event
    union all
    select max(event_id) as event_id from handover_event
    union all
    select max(event_id) as event_id from camera_event
    union all
    select max(event_id) as event_id from camera_viewing_event
    union all
    select max(event_id) as event_id from scene_event
    union all
    select max(event_id) as event_id from gate_event
    union all
    select max(event_id) as event_id from gate_call_event
    union all
    select max(event_id) as event_id from alarm_strip_event
) as logs;
