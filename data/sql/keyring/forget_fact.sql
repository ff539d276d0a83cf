-- Take a fact back before it is told anew (SQLite).
-- $name text: its name
delete from keyring_fact where name = $name;
