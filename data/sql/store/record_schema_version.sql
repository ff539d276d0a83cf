-- Remember that a migration has run.
-- $version integer: its number
insert into schema_version values ($version, now());
