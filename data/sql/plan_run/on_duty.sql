-- Who is on duty, and which partner units there are, by the role a plan gives them.
-- $community_id varchar: the community
-- -> role (a code of PLAN_ROLES), id, kind (worker or organisation)
select kind as role, worker_id as id, 'worker' as kind
from worker_now
where community_id = $community_id and on_duty and removed_at is null
union all
select 'partner' as role, organisation_id as id, 'organisation' as kind
from organisation_now
where
    community_id = $community_id
    and removed_at is null
    and kind in ('partner', 'utility', 'emergency')
order by role, id;
