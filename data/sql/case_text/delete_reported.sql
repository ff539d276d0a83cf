-- Remove the words of a report itself; what staff wrote with their moves stays.
-- $case_id varchar: the case
delete from case_text where case_id = $case_id and note is null;
