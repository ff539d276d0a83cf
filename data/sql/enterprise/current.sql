-- The whole current state of some enterprises, for the next event of each.
-- $ids varchar[]: which
-- -> every column of enterprise_now that an event carries on
select
    enterprise_id, community_id, name_zh, credit_code, industry, place_id, area_id, completeness, source, source_id,
    source_version, content_hash, event_kind, removed_at
from enterprise_now
where enterprise_id in (select unnest($ids))
order by enterprise_id;
