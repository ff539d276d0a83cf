-- The workers and organisations of a community that can be told by a channel of their own.
-- $community_id varchar: the community
-- -> recipient, name_zh, name_en
select
    concat('organisation:', organisation_id) as recipient,
    name_zh,
    coalesce(name_en, name_zh) as name_en
from organisation_now
where community_id = $community_id and removed_at is null
union all
select
    concat('worker:', worker_id) as recipient,
    callsign as name_zh,
    callsign as name_en
from worker_now
where community_id = $community_id and removed_at is null
order by recipient;
