-- The areas of communities that an account may be given, larger ones first.
-- $community_ids varchar[]: the communities
-- -> area_id, community_id, level, code, source_id, name_zh, name_en
select area_id, community_id, level, code, source_id, name_zh, name_en
from area_now
where
    list_contains($community_ids::varchar[], community_id)
    and removed_at is null
    and level in ('community', 'zone', 'grid', 'estate', 'building')
order by
    case level
        when 'community' then 0 when 'zone' then 1 when 'grid' then 2 when 'estate' then 3 else 4
    end,
    length(name_zh), name_zh, area_id;
