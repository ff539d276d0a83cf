-- Count and order-free hash of every table, to compare a backup with what it was taken from.
-- -> table_name varchar, n bigint, hash ubigint or null
select 'community_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from community_event as t
union all
select 'community_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from community_now as t
union all
select 'area_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from area_event as t
union all
select 'area_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from area_now as t
union all
select 'place_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from place_event as t
union all
select 'place_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from place_now as t
union all
select 'device_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from device_event as t
union all
select 'device_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from device_now as t
union all
select 'worker_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from worker_event as t
union all
select 'worker_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from worker_now as t
union all
select 'care_recipient_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from care_recipient_event as t
union all
select 'care_recipient_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from care_recipient_now as t
union all
select 'case_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from case_event as t
union all
select 'case_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from case_now as t
union all
select 'notice_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from notice_event as t
union all
select 'notice_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from notice_now as t
union all
select 'api_key_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from api_key_event as t
union all
select 'api_key_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from api_key_now as t
union all
select 'source_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from source_event as t
union all
select 'source_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from source_now as t
union all
select 'account_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from account_event as t
union all
select 'account_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from account_now as t
union all
select 'kiosk_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from kiosk_event as t
union all
select 'kiosk_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from kiosk_now as t
union all
select 'credential' as table_name, count(*) as n, bit_xor(hash(t)) as hash from credential as t
union all
select 'session' as table_name, count(*) as n, bit_xor(hash(t)) as hash from session as t
union all
select 'recovery_code' as table_name, count(*) as n, bit_xor(hash(t)) as hash from recovery_code as t
union all
select 'worker_position' as table_name, count(*) as n, bit_xor(hash(t)) as hash from worker_position as t
union all
select 'case_text' as table_name, count(*) as n, bit_xor(hash(t)) as hash from case_text as t
union all
select 'quarantine' as table_name, count(*) as n, bit_xor(hash(t)) as hash from quarantine as t
union all
select 'schema_version' as table_name, count(*) as n, bit_xor(hash(t)) as hash from schema_version as t
union all
select 'organisation_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from organisation_event as t
union all
select 'organisation_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from organisation_now as t
union all
select 'contact_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from contact_event as t
union all
select 'contact_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from contact_now as t
union all
select 'acknowledgement_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from acknowledgement_event as t
union all
select 'acknowledgement_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from acknowledgement_now as t
union all
select 'contact_number' as table_name, count(*) as n, bit_xor(hash(t)) as hash from contact_number as t
union all
select 'setup_change' as table_name, count(*) as n, bit_xor(hash(t)) as hash from setup_change as t
union all
select 'audit_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from audit_event as t
union all
select 'person_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from person_event as t
union all
select 'person_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from person_now as t
union all
select 'household_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from household_event as t
union all
select 'household_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from household_now as t
union all
select 'enterprise_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from enterprise_event as t
union all
select 'enterprise_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from enterprise_now as t
union all
select 'building_file_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from building_file_event as t
union all
select 'building_file_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from building_file_now as t
union all
select 'consent_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from consent_event as t
union all
select 'consent_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from consent_now as t
union all
select 'personal_field' as table_name, count(*) as n, bit_xor(hash(t)) as hash from personal_field as t
union all
select 'approval_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from approval_event as t
union all
select 'approval_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from approval_now as t
union all
select 'rights_request_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from rights_request_event as t
union all
select 'rights_request_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from rights_request_now as t
union all
select 'legal_hold_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from legal_hold_event as t
union all
select 'legal_hold_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from legal_hold_now as t
union all
select 'export_file_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from export_file_event as t
union all
select 'export_file_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from export_file_now as t
union all
select 'retention_run' as table_name, count(*) as n, bit_xor(hash(t)) as hash from retention_run as t
union all
select 'sealed_note' as table_name, count(*) as n, bit_xor(hash(t)) as hash from sealed_note as t
union all
select 'task_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from task_event as t
union all
select 'task_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from task_now as t
union all
select 'team_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from team_event as t
union all
select 'team_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from team_now as t
union all
select 'team_member_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from team_member_event as t
union all
select 'team_member_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from team_member_now as t
union all
select 'shift_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from shift_event as t
union all
select 'shift_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from shift_now as t
union all
select 'assignment_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from assignment_event as t
union all
select 'assignment_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from assignment_now as t
union all
select 'absence_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from absence_event as t
union all
select 'absence_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from absence_now as t
union all
select 'dispatch_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from dispatch_event as t
union all
select 'dispatch_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from dispatch_now as t
union all
select 'category_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from category_event as t
union all
select 'category_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from category_now as t
union all
select 'message_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from message_event as t
union all
select 'message_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from message_now as t
union all
select 'delivery_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from delivery_event as t
union all
select 'delivery_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from delivery_now as t
union all
select 'notify_channel_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from notify_channel_event as t
union all
select 'notify_channel_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from notify_channel_now as t
union all
select 'notify_route_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from notify_route_event as t
union all
select 'notify_route_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from notify_route_now as t
union all
select 'webhook_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from webhook_event as t
union all
select 'webhook_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from webhook_now as t
union all
select 'outgoing_secret' as table_name, count(*) as n, bit_xor(hash(t)) as hash from outgoing_secret as t
union all
select 'alarm_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from alarm_event as t
union all
select 'alarm_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from alarm_now as t
union all
select 'alarm_shelf_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from alarm_shelf_event as t
union all
select 'alarm_shelf_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from alarm_shelf_now as t
union all
select 'plan_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from plan_event as t
union all
select 'plan_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from plan_now as t
union all
select 'plan_run_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from plan_run_event as t
union all
select 'plan_run_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from plan_run_now as t
union all
select 'plan_task_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from plan_task_event as t
union all
select 'plan_task_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from plan_task_now as t
union all
select 'plan_run_person' as table_name, count(*) as n, bit_xor(hash(t)) as hash from plan_run_person as t
union all
select 'case_photo_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from case_photo_event as t
union all
select 'case_photo_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from case_photo_now as t
union all
select 'case_link_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from case_link_event as t
union all
select 'case_link_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from case_link_now as t
union all
select 'case_contact' as table_name, count(*) as n, bit_xor(hash(t)) as hash from case_contact as t
union all
select 'case_message' as table_name, count(*) as n, bit_xor(hash(t)) as hash from case_message as t
union all
select 'video_call_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from video_call_event as t
union all
select 'video_call_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from video_call_now as t
union all
select 'handover_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from handover_event as t
union all
select 'handover_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from handover_now as t
union all
select 'camera_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from camera_event as t
union all
select 'camera_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from camera_now as t
union all
select 'camera_secret' as table_name, count(*) as n, bit_xor(hash(t)) as hash from camera_secret as t
union all
select 'camera_viewing_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from camera_viewing_event as t
union all
select 'camera_viewing_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from camera_viewing_now as t
union all
select 'camera_day' as table_name, count(*) as n, bit_xor(hash(t)) as hash from camera_day as t
union all
select 'scene_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from scene_event as t
union all
select 'scene_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from scene_now as t
union all
select 'gate_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from gate_event as t
union all
select 'gate_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from gate_now as t
union all
select 'gate_call_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from gate_call_event as t
union all
select 'gate_call_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from gate_call_now as t
union all
select 'alarm_strip_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from alarm_strip_event as t
union all
select 'alarm_strip_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from alarm_strip_now as t
union all
select 'detection' as table_name, count(*) as n, bit_xor(hash(t)) as hash from detection as t
order by table_name;
