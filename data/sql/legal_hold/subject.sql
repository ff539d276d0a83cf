-- The community of a thing a legal hold can name.
-- $subject_kind varchar: person, household, enterprise or case
-- $subject_id varchar: its id
-- -> community_id; no row where there is no such thing, or only its tombstone
select community_id
from person_now
where $subject_kind = 'person' and person_id = $subject_id and event_kind <> 'erased'
union all
select community_id
from household_now
where $subject_kind = 'household' and household_id = $subject_id and event_kind <> 'erased'
union all
select community_id
from enterprise_now
where $subject_kind = 'enterprise' and enterprise_id = $subject_id and event_kind <> 'erased'
union all
select community_id
from case_now
where $subject_kind = 'case' and case_id = $subject_id;
