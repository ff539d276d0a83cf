-- The exports somebody asked for, the newest first.
-- $community_id varchar: the community
-- $actor varchar: who asked
-- -> every column of export_file_now but those of its last event
select
    export_id, community_id, register, area_id, since, until, state, asked_by, approval_id, row_count, csv_sha256,
    xlsx_sha256, made_at, expires_at, fetched, deleted_at
from export_file_now
where community_id = $community_id and asked_by = $actor
order by export_id desc
limit 50;
