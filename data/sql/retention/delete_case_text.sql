-- Remove the texts of cases; the cases themselves stay.
-- $ids varchar[]: which
delete from case_text where case_id in (select unnest($ids));
