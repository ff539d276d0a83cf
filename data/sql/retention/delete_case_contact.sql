-- Remove the numbers reporters left for some cases; their keys are destroyed already.
-- $ids varchar[]: the cases
delete from case_contact where case_id in (select unnest($ids));
