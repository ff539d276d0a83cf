-- Write over a wrapped key where it lies: the same length, so that SQLite changes it in place.
-- $slot integer: its place; $wrapped blob: the new content
update person_key set wrapped = $wrapped where rowid = $slot;
