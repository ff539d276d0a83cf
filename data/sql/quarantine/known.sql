-- Which of the incoming rows were set aside before.
-- $community_id varchar, $source varchar: where they came from
-- incoming(row_hash): the rows to look up
-- -> row_hash
select distinct quarantine.row_hash
from quarantine
join incoming on incoming.row_hash = quarantine.row_hash
where quarantine.community_id = $community_id and quarantine.source = $source;
