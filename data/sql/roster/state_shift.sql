-- One shift of a community, in use or not.
-- $community_id varchar: the community
-- $object_id varchar: its id
-- -> event_id (its version) and every fact of it
select
    event_id, shift_id, community_id, team_id, starts, ends, first_on, last_on, weekdays, days, every_days,
    removed_at
from shift_now
where community_id = $community_id and shift_id = $object_id;
