-- Which master, index and audit key these person keys belong to (SQLite).
-- -> name text, value text
select name, value from keyring_fact;
