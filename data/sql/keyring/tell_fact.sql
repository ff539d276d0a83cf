-- Tell a fact about the keys (SQLite).
-- $name text, $value text
insert into keyring_fact (name, value) values ($name, $value);
