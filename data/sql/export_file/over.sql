-- Exports whose files are to be deleted.
-- $now timestamptz: the moment, UTC
-- -> every column of export_file_now but those of its last event
select
    export_id, community_id, register, area_id, since, until, state, asked_by, approval_id, row_count, csv_sha256,
    xlsx_sha256, made_at, expires_at, fetched, deleted_at
from export_file_now
where list_contains(['allowed', 'made'], state) and expires_at <= $now
order by export_id;
