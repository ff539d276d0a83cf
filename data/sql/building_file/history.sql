-- What happened to a building's file, oldest first, each event with the whole state after it.
-- $community_id varchar, $place_id varchar: which building
-- -> event_id, event_kind, happened_at, recorded_at, actor, login (of an account), source, and the facts
select
    e.event_id, e.event_kind, e.happened_at, e.recorded_at, e.actor, a.login, e.source, e.built_year, e.floors_above,
    e.floors_below, e.lifts, e.units, e.structure, e.property_company
from building_file_event as e
left join account_now as a on e.actor = 'account:' || a.account_id
where e.community_id = $community_id and e.place_id = $place_id
order by e.event_id;
