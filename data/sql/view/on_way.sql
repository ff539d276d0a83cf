-- Who is on the way to which unfinished case: ids alone, for the lines of the map (DOMAIN R1, R20).
-- $community_id varchar: the community.
-- -> id (of the task), case_id, status (sent, accepted, started), workers (ids: the one sent, or the
--    members of the organisation sent who are on duty); by id
select
    task.task_id as id,
    task.case_id,
    task.status,
    case
        when task.assignee_kind = 'worker' then [task.assignee_id]
        else coalesce(
            (
                select list(member.worker_id order by member.worker_id)
                from worker_now as member
                where
                    member.organisation_id = task.assignee_id
                    and member.community_id = $community_id
                    and member.on_duty
                    and member.removed_at is null
            ),
            []
        )
    end as workers
from task_now as task
join case_now as matter on task.case_id = matter.case_id
where
    task.community_id = $community_id
    and task.status in ('sent', 'accepted', 'started')
    and matter.status not in ('closed', 'rejected', 'cancelled')
order by task.task_id;
