-- Remove the people gathered for a run.
-- $run_id varchar: the run
delete from plan_run_person where run_id = $run_id;
