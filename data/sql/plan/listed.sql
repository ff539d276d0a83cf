-- The plans of a community in use, in the order of their kinds' names.
-- $community_id varchar: the community
-- $code varchar: one plan, or null for all
-- -> plan_id, community_id, code, version, kind, title_zh, title_en, document (JSON), is_default,
--    happened_at (of this version), actor
select
    plan_id, community_id, code, version, kind, title_zh, title_en, document, is_default,
    happened_at, actor
from plan_now
where
    community_id = $community_id
    and removed_at is null
    and ($code is null or code = $code)
order by kind, code;
