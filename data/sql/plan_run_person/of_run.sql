-- People gathered for a run, sealed under its key.
-- $run_id varchar: the run
-- -> row_id, place_id, place_zh, place_en, gathered_at, sealed
select
    n.row_id,
    n.place_id,
    p.name_zh as place_zh,
    p.name_en as place_en,
    n.gathered_at,
    n.sealed
from plan_run_person as n
left join place_now as p on n.place_id = p.place_id
where n.run_id = $run_id
order by p.name_zh, n.row_id;
