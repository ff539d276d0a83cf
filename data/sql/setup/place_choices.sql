-- Places a device may belong to: buildings and key places, not every facility.
-- $community_id varchar: the community
-- $kinds varchar[]: kinds to choose from
-- $chosen varchar: a place that is listed whatever its kind, or null
-- $most integer: how many at most
-- -> place_id, kind, name_zh, name_en; buildings first, by length of name and name
select place_id, kind, name_zh, name_en
from place_now
where
    community_id = $community_id
    and removed_at is null
    and name_zh is not null
    and (list_contains($kinds, kind) or place_id = $chosen)
order by kind <> 'building', length(name_zh), name_zh, place_id
limit $most;
