-- Count and order-free hash of every table, to compare a backup with what it was taken from.
-- -> table_name varchar, n bigint, hash ubigint or null
select 'community_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from community_event as t
union all
select 'community_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from community_now as t
union all
select 'area_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from area_event as t
union all
select 'area_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from area_now as t
union all
select 'place_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from place_event as t
union all
select 'place_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from place_now as t
union all
select 'device_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from device_event as t
union all
select 'device_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from device_now as t
union all
select 'worker_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from worker_event as t
union all
select 'worker_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from worker_now as t
union all
select 'care_recipient_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from care_recipient_event as t
union all
select 'care_recipient_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from care_recipient_now as t
union all
select 'case_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from case_event as t
union all
select 'case_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from case_now as t
union all
select 'notice_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from notice_event as t
union all
select 'notice_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from notice_now as t
union all
select 'api_key_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from api_key_event as t
union all
select 'api_key_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from api_key_now as t
union all
select 'source_event' as table_name, count(*) as n, bit_xor(hash(t)) as hash from source_event as t
union all
select 'source_now' as table_name, count(*) as n, bit_xor(hash(t)) as hash from source_now as t
union all
select 'worker_position' as table_name, count(*) as n, bit_xor(hash(t)) as hash from worker_position as t
union all
select 'case_text' as table_name, count(*) as n, bit_xor(hash(t)) as hash from case_text as t
union all
select 'quarantine' as table_name, count(*) as n, bit_xor(hash(t)) as hash from quarantine as t
union all
select 'schema_version' as table_name, count(*) as n, bit_xor(hash(t)) as hash from schema_version as t
order by table_name;
