-- One export with everything an event carries on.
-- $export_id varchar, $approval_id varchar: which, by either; the other is null
-- -> every column of export_file_now but those of its last event
select
    export_id, community_id, register, area_id, since, until, state, asked_by, approval_id, row_count, csv_sha256,
    xlsx_sha256, made_at, expires_at, fetched, deleted_at
from export_file_now
where export_id = $export_id or approval_id = $approval_id;
