-- The open cases of a community whose deadline is reckoned here, oldest report first.
-- $community_id varchar: the community
-- $finished varchar[]: statuses of finished cases
-- $limit_kinds varchar[]: the clocks we reckon by
-- -> case_id
select case_id
from case_now
where
    community_id = $community_id
    and not list_contains($finished::varchar[], status)
    and list_contains($limit_kinds::varchar[], limit_kind)
order by reported_at, case_id;
