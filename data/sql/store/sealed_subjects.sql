-- Whose values lie sealed in the store.
-- -> subject_id varchar
select distinct subject_id from personal_field;
