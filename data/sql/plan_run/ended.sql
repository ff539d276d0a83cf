-- Runs that have ended, the latest first.
-- $community_id varchar: the community
-- $row_limit integer: at most so many
-- -> run_id, kind, title_zh, title_en, drill, started_at, ended_at (UTC), confirmation
select run_id, kind, title_zh, title_en, drill, started_at, ended_at, confirmation
from plan_run_now
where community_id = $community_id and ended_at is not null
order by ended_at desc
limit $row_limit;
