-- The name under which the store's file is attached.
-- -> name varchar
select current_database() as name;
