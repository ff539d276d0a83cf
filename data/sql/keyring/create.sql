-- The tables of persons.keys, a SQLite file: the wrapped key of each person, and facts about the keys.
-- No index on purpose: all rows are read once at the start and found by their rowid after that.
create table if not exists person_key (subject_id text not null, wrapped blob not null);
create table if not exists keyring_fact (name text not null, value text not null);
