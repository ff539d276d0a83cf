-- Requests of a source that it had open when it last spoke of them, by its own id.
-- $community_id varchar: the community. $source varchar: the source.
-- $before timestamptz: only those reported earlier. $after varchar: only ids behind this one.
-- $row_limit integer: most rows.
-- -> source_id; by source_id
select source_id
from case_now
where
    community_id = $community_id
    and source = $source
    and reported_at < $before
    and source_id > $after
    and coalesce(source_status, status) not in ('closed', 'rejected', 'cancelled')
order by source_id
limit $row_limit;
