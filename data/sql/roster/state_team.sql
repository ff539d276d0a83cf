-- One team of a community, in use or not.
-- $community_id varchar: the community
-- $object_id varchar: its id
-- -> event_id (its version) and every fact of it
select
    event_id, team_id, community_id, kind, name_zh, name_en, organisation_id, removed_at
from team_now
where community_id = $community_id and team_id = $object_id;
