-- Files whose subject's key is destroyed but whose end is not written yet, as after a crash.
-- erased(subject_id): everybody of the erasure journal
-- -> noun, subject_id, community_id
select 'person' as noun, now.person_id as subject_id, now.community_id
from person_now as now
join erased on erased.subject_id = now.person_id
where now.event_kind <> 'erased'
union all
select 'household' as noun, now.household_id as subject_id, now.community_id
from household_now as now
join erased on erased.subject_id = now.household_id
where now.event_kind <> 'erased'
union all
select 'enterprise' as noun, now.enterprise_id as subject_id, now.community_id
from enterprise_now as now
join erased on erased.subject_id = now.enterprise_id
where now.event_kind <> 'erased'
order by community_id, noun, subject_id;
