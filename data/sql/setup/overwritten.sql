-- Objects that somebody changed by hand and that say otherwise now: a source or an import was newer.
-- $community_id varchar: the community
-- -> noun, id, name_zh, name_en, actor (who was newer), recorded_at; newest first
with by_hand as (
    select noun, object_id, max(event_id) as event_id
    from setup_change
    where community_id = $community_id
    group by noun, object_id
),

overwritten as (
    select 'area' as noun, now.area_id as id, now.name_zh, now.name_en, now.actor, now.recorded_at
    from by_hand
    join area_event as step on by_hand.event_id = step.event_id and by_hand.noun = 'area'
    join area_now as now on step.area_id = now.area_id
    where
        (step.name_zh, step.name_en, step.parent_id, step.leader_worker_id, step.geometry)
        is distinct from
        (now.name_zh, now.name_en, now.parent_id, now.leader_worker_id, now.geometry)
    union all
    select 'place' as noun, now.place_id as id, now.name_zh, now.name_en, now.actor, now.recorded_at
    from by_hand
    join place_event as step on by_hand.event_id = step.event_id and by_hand.noun = 'place'
    join place_now as now on step.place_id = now.place_id
    where
        (step.name_zh, step.name_en, step.kind, step.lon, step.lat, step.contact_role)
        is distinct from
        (now.name_zh, now.name_en, now.kind, now.lon, now.lat, now.contact_role)
    union all
    select
        'device' as noun, now.device_id as id, now.name_zh, now.name_en, now.actor, now.recorded_at
    from by_hand
    join device_event as step on by_hand.event_id = step.event_id and by_hand.noun = 'device'
    join device_now as now on step.device_id = now.device_id
    where
        (step.name_zh, step.name_en, step.kind, step.lon, step.lat, step.heading_deg)
        is distinct from
        (now.name_zh, now.name_en, now.kind, now.lon, now.lat, now.heading_deg)
    union all
    select
        'worker' as noun, now.worker_id as id, now.callsign as name_zh, null as name_en, now.actor,
        now.recorded_at
    from by_hand
    join worker_event as step on by_hand.event_id = step.event_id and by_hand.noun = 'worker'
    join worker_now as now on step.worker_id = now.worker_id
    where
        (step.callsign, step.kind, step.area_id)
        is distinct from
        (now.callsign, now.kind, now.area_id)
    union all
    select
        'contact' as noun, now.contact_id as id, now.post_zh as name_zh, now.post_en as name_en,
        now.actor, now.recorded_at
    from by_hand
    join contact_event as step on by_hand.event_id = step.event_id and by_hand.noun = 'contact'
    join contact_now as now on step.contact_id = now.contact_id
    where
        (step.post_zh, step.services, step.work_number_id, step.after_number_id)
        is distinct from
        (now.post_zh, now.services, now.work_number_id, now.after_number_id)
)

select noun, id, name_zh, name_en, actor, recorded_at
from overwritten
order by recorded_at desc, id;
