-- Every wrapped key with the place it lies in (SQLite).
-- -> slot integer, subject_id text, wrapped blob
select rowid as slot, subject_id, wrapped from person_key order by rowid;
