-- Remove a key that was overwritten before (SQLite, secure_delete).
-- $slot integer: its place
delete from person_key where rowid = $slot;
