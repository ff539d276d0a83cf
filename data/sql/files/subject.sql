-- What kind of file an id belongs to and where it lies; erased ones are not there any more.
-- $subject_id varchar: id of a person, household or enterprise
-- -> kind, community_id, area_id, removed_at
select 'person' as kind, community_id, area_id, removed_at
from person_now
where person_id = $subject_id and event_kind <> 'erased'
union all
select 'household' as kind, community_id, area_id, removed_at
from household_now
where household_id = $subject_id and event_kind <> 'erased'
union all
select 'enterprise' as kind, community_id, area_id, removed_at
from enterprise_now
where enterprise_id = $subject_id and event_kind <> 'erased';
