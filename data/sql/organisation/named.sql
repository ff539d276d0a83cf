-- The organisation of a name, in either language.
-- $community_id varchar: the community
-- $name varchar: the name
-- -> organisation_id; the oldest first
select organisation_id
from organisation_now
where
    community_id = $community_id and removed_at is null and (name_zh = $name or name_en = $name)
order by organisation_id;
