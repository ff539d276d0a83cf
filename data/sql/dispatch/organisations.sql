-- The organisations of a community that could be sent or called, with the services they answer for.
-- $community_id varchar: the community
-- $case_id varchar: the case they would be sent to
-- -> organisation_id, kind, name_zh, name_en, services (codes), reachable (true where somebody of
--    it can be called), load (open tasks), already_sent; by id
with load as (
    select
        assignee_id as organisation_id,
        count(*) as tasks,
        bool_or(case_id = $case_id) as already_sent
    from task_now
    where
        community_id = $community_id
        and assignee_kind = 'organisation'
        and status in ('sent', 'accepted', 'started')
    group by assignee_id
),

posts as (
    select
        organisation_id,
        flatten(list(services)) as services,
        bool_or(work_number_id is not null or after_number_id is not null) as reachable
    from contact_now
    where community_id = $community_id and removed_at is null and organisation_id is not null
    group by organisation_id
)

select
    unit.organisation_id,
    unit.kind,
    unit.name_zh,
    unit.name_en,
    coalesce(list_sort(list_distinct(posts.services)), []) as services,
    coalesce(posts.reachable, false) as reachable,
    coalesce(load.tasks, 0) as load,
    coalesce(load.already_sent, false) as already_sent
from organisation_now as unit
left join posts on unit.organisation_id = posts.organisation_id
left join load on unit.organisation_id = load.organisation_id
where unit.community_id = $community_id and unit.removed_at is null
order by unit.organisation_id;
