-- Remove the texts of cases; the cases themselves stay.
-- $ids varchar[]: which
delete from case_text where list_contains($ids, case_id);
