-- How many batches a run has done of a class, to go on numbering after a crash.
-- $run_id varchar, $code varchar: which
-- -> n bigint
select count(*) as n
from retention_run
where run_id = $run_id and class = $code and kind = 'done';
