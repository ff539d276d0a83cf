-- The table that remembers which migrations have run.
create table if not exists schema_version (version integer not null, applied_at timestamptz not null);
