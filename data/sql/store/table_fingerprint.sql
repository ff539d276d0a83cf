-- Count and order-free hash of one table, to compare a backup with what it was taken from.
-- $table_name varchar: a name of store/table_names
-- -> n bigint, hash ubigint or null
select count(*) as n, bit_xor(hash(t)) as hash from query_table($table_name) as t;
