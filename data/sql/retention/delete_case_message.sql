-- Remove what staff and reporters of some cases wrote each other.
-- $ids varchar[]: the cases
delete from case_message where case_id in (select unnest($ids));
