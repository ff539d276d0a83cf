-- Subjects with exactly this value, by its keyed hash.
-- $community_id varchar: the community
-- $fields varchar[]: fields the hash was made for
-- $index_hash varchar: keyed hash of the value
-- -> subject_id, subject_kind
select distinct subject_id, subject_kind
from personal_field
where community_id = $community_id and index_hash = $index_hash and list_contains($fields, field)
order by subject_id;
