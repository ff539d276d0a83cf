-- Keep the wrapped key of a person (SQLite).
-- $slot integer: a place nobody has; $subject_id text; $wrapped blob: AES-256-GCM under the master key
insert into person_key (rowid, subject_id, wrapped) values ($slot, $subject_id, $wrapped);
