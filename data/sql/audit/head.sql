-- The last line of the chain, found by its number without sorting the table.
-- -> seq bigint, mac varchar, key_id varchar; no row in an empty log
select seq, mac, key_id
from audit_event
where seq = (select max(seq) from audit_event)
limit 1;
