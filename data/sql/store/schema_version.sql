-- The newest migration that has run, 0 for an empty store.
-- -> version integer
select coalesce(max(version), 0) as version from schema_version;
