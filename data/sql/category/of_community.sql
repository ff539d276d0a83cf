-- What communities changed of the default categories, and their own ones.
-- $community_id varchar: the community, or null for all
-- -> category_id, community_id, code, name_zh, name_en, category_group, urgency, limit_value,
--    limit_kind, organisation_kind, responders (JSON), questions (JSON), keywords (JSON),
--    standard_ref, position, removed_at, event_id (its version)
select
    category_id, community_id, code, name_zh, name_en, category_group, urgency, limit_value,
    limit_kind, organisation_kind, responders, questions, keywords, standard_ref, position,
    removed_at, event_id
from category_now
where $community_id::varchar is null or community_id = $community_id::varchar
order by community_id, position, code;
